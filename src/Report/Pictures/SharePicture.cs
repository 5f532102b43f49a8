using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Report.Records;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>How much of the trace each tensor of parameters has: a bar for each, the first tensor on top.</summary>
public static class SharePicture
{
    // More would not be readable; those with the largest traces are shown.
    private const int Most = 30;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="traces">The tensors in their order; those without a trace are left out and counted.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, ImmutableArray<TensorTraceRecord> traces)
    {
        TensorTraceRecord[] known = [.. traces.Where(trace => trace.Trace is not null)];
        HashSet<TensorTraceRecord> shown = [.. known.OrderByDescending(trace => Math.Abs(trace.Trace!.Value)).Take(Most)];
        TensorTraceRecord[] rows = [.. known.Where(shown.Contains).Reverse()];
        var size = new PixelSize(PictureFile.Usual.Width, Math.Max(PictureFile.Usual.Height, 120 + (24 * rows.Length)));
        PictureFile.Write(path, size, theme => Draw(theme, name, rows, traces.Length));
    }

    private static Plot Draw(Theme theme, string name, TensorTraceRecord[] rows, int all)
    {
        Plot plot = theme.NewPlot();
        var bars = plot.Add.Bars(rows.Select((row, i) => new Bar
        {
            Position = i,
            Value = row.Trace!.Value,
            FillColor = row.Trace < 0 ? theme.Negative : theme.Positive,
            LineWidth = 0,
        }).ToArray());
        bars.Horizontal = true;
        var ticks = new NumericManual();
        for (int i = 0; i < rows.Length; i++)
            ticks.AddMajor(i, LabelOf(rows[i]));
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Margins(left: rows.Any(row => row.Trace < 0) ? 0.05 : 0);
        plot.Title(string.Create(
            CultureInfo.InvariantCulture, $"{Printable.Name(name)}: trace of the diagonal block of {rows.Length} of {all} tensors"));
        plot.XLabel("trace of the tensor's block");
        return plot;
    }

    private static string LabelOf(TensorTraceRecord row)
        => row.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $"{Printable.Name(row.Name)}, {100 * share:f1} %") : Printable.Name(row.Name);
}
