namespace BasinVolume.Curvature.Dense;

/// <summary>Progress of one step of several: its 0 … 1 is told as <paramref name="start"/> … <paramref name="end"/> of the whole.</summary>
internal sealed class ShareOfProgress(IProgress<double> whole, double start, double end) : IProgress<double>
{
    /// <summary>A share of a progress that someone wants to hear of; null if nobody does.</summary>
    public static ShareOfProgress? Of(IProgress<double>? whole, double start, double end) => whole is null ? null : new ShareOfProgress(whole, start, end);

    /// <inheritdoc/>
    public void Report(double value) => whole.Report(start + ((end - start) * value));
}
