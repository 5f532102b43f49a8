namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// The share of a search that is done: residuals fall about geometrically, so that of each pair it is log(‖A‖/r)/log(‖A‖/goal); never less than before.
/// </summary>
/// <param name="progress">Who is told; may be null.</param>
internal sealed class SearchProgress(IProgress<double>? progress)
{
    /// <summary>What is told at most before all is done.</summary>
    private const double AllButDone = 0.99;

    private double _told;

    /// <summary>Tells it.</summary>
    /// <param name="residuals">Of the pairs that are asked for.</param>
    /// <param name="goal">What they shall be.</param>
    /// <param name="scale">‖A‖, or what is known of it.</param>
    /// <param name="spent">The share of the products allowed that is spent: the search ends with them.</param>
    public void Report(double[] residuals, double goal, double scale, double spent)
    {
        double way = Math.Log(scale / goal);
        double met = residuals.Average(residual => residual <= goal ? 1 : Math.Clamp(Math.Log(scale / residual) / way, 0, 1));
        double share = Math.Min(AllButDone, Math.Max(met, spent));
        if (!(share > _told))
            return;
        _told = share;
        progress?.Report(share);
    }

    /// <summary>Tells that all is done.</summary>
    public void Done() => progress?.Report(1);
}
