using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// The tail of a spectrum on two logarithmic axes: how many eigenvalues of a sign are at least so large, against their magnitude.
/// A power law is a straight line. Zeros, which have no logarithm, are left out and counted.
/// </summary>
public static class TailPicture
{
    private const int MostTicks = 8;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the matrix is called.</param>
    /// <param name="spectrum">Its spectrum.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        PictureFile.Write(path, PictureFile.Usual, theme => Draw(theme, name, spectrum));
    }

    private static Plot Draw(Theme theme, string name, Spectrum spectrum)
    {
        Plot plot = theme.NewPlot();
        double[] positive = [.. spectrum.Eigenvalues.Where(lambda => lambda > spectrum.ZeroTolerance).Select(Math.Log10).OrderDescending()];
        double[] negative = [.. spectrum.Eigenvalues.Where(lambda => lambda < -spectrum.ZeroTolerance).Select(lambda => Math.Log10(-lambda)).OrderDescending()];
        AddCurve(plot, positive, theme.Positive, "positive");
        AddCurve(plot, negative, theme.Negative, "negative, in magnitude");

        double[] all = [.. positive, .. negative];
        (double lowest, double highest) = all.Length == 0 ? (-1, 1) : (all.Min(), all.Max());
        double most = Math.Log10(Math.Max(1, Math.Max(positive.Length, negative.Length)));
        plot.Axes.Bottom.TickGenerator = Powers(lowest, highest);
        plot.Axes.Left.TickGenerator = Powers(0, most);
        plot.Axes.SetLimits(lowest - 0.3, highest + 0.3, -0.1, most + 0.3);
        string zeros = spectrum.Inertia.Zero > 0 ? $", without {Printable.Counted(spectrum.Inertia.Zero, "zero")}" : string.Empty;
        plot.Title($"{name}: tail of the spectrum{zeros}");
        plot.XLabel("magnitude of the eigenvalue");
        plot.YLabel("eigenvalues at least so large");
        plot.ShowLegend(Alignment.LowerLeft);
        return plot;
    }

    private static void AddCurve(Plot plot, double[] logarithms, Color colour, string legend)
    {
        if (logarithms.Length == 0)
            return;
        var curve = plot.Add.Scatter(logarithms, Enumerable.Range(1, logarithms.Length).Select(rank => Math.Log10(rank)).ToArray(), colour);
        (curve.LineWidth, curve.MarkerSize, curve.LegendText) = (2, logarithms.Length > 100 ? 0 : 5, F($"{logarithms.Length} {legend}"));
    }

    private static NumericManual Powers(double lowest, double highest)
    {
        var ticks = new NumericManual();
        int first = (int)Math.Floor(lowest), last = (int)Math.Ceiling(highest);
        int step = Math.Max(1, (last - first + MostTicks - 1) / MostTicks);
        for (int exponent = first; exponent <= last; exponent += step)
            ticks.AddMajor(exponent, exponent is >= 0 and <= 4 ? F($"{Math.Pow(10, exponent)}") : F($"1e{exponent}"));
        return ticks;
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
