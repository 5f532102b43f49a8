using System.Globalization;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// Eigenvalues at both ends of a spectrum, in their order, on a signed logarithmic axis, each with the interval in which an eigenvalue lies; open circles did
/// not reach the tolerance.
/// </summary>
public static class EigenpairPicture
{
    private const int TicksPerSide = 6;
    private const float Marker = 7;

    // What is so much smaller than the largest eigenvalue cannot be told from zero in the picture.
    private const double Smallest = 1e-9;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="pairs">The pairs, at least one.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, RitzPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        PictureFile.Write(path, PictureFile.Usual, theme => Draw(theme, name, pairs));
    }

    private static Plot Draw(Theme theme, string name, RitzPairs pairs)
    {
        double largest = pairs.Pairs.Max(pair => Math.Abs(pair.Value)), least = pairs.Pairs.Min(pair => Math.Abs(pair.Value));
        var scale = new SignedLogScale(Math.Max(Smallest * largest, least / 10));
        Plot plot = theme.NewPlot();
        for (int i = 0; i < pairs.Pairs.Length; i++)
            Add(plot, theme, scale, i + 1, pairs.Pairs[i]);
        if (pairs.FromBelow > 0 && pairs.FromBelow < pairs.Pairs.Length)
            plot.Add.VerticalLine(pairs.FromBelow + 0.5, 1, theme.Neutral, LinePattern.Dotted);

        (double lowest, double highest) = (pairs.Pairs[0].Value, pairs.Pairs[^1].Value);
        plot.Axes.Left.TickGenerator = scale.Ticks(lowest, highest, TicksPerSide);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.SetLimits(0, pairs.Pairs.Length + 1, Math.Min(-1, scale.PlaceOf(lowest)) - 1, Math.Max(1, scale.PlaceOf(highest)) + 1);
        int converged = pairs.Pairs.Count(pair => pair.IsConverged);
        plot.Title(string.Create(
            CultureInfo.InvariantCulture,
            $"{Printable.Name(name)}: {pairs.FromBelow} smallest and {pairs.Pairs.Length - pairs.FromBelow} largest eigenvalues, {converged} converged"));
        plot.XLabel("in their order; a dotted line parts the ends");
        plot.YLabel("eigenvalue, with the interval that it lies in");
        return plot;
    }

    private static void Add(Plot plot, Theme theme, SignedLogScale scale, double place, RitzPair pair)
    {
        Color colour = pair.Value < 0 ? theme.Negative : theme.Positive;
        var bar = plot.Add.Line(place, scale.PlaceOf(pair.Interval.Low), place, scale.PlaceOf(pair.Interval.High));
        (bar.Color, bar.LineWidth) = (colour, 2);
        plot.Add.Marker(place, scale.PlaceOf(pair.Value), pair.IsConverged ? MarkerShape.FilledCircle : MarkerShape.OpenCircle, Marker, colour);
    }
}
