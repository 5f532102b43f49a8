namespace BasinVolume.Curvature.Tests.Traces;

/// <summary>A spectrum like a trained network's, n = 1,710.</summary>
internal static class HessianLike
{
    /// <summary>11 outliers from 0.7 to 10, 10 negative ones down to −0.13, a bulk 0.3 i^−1.2, and 360 zeros.</summary>
    public static double[] Eigenvalues { get; } =
    [
        .. Enumerable.Range(0, 11).Select(i => 0.7 + (9.3 * i * i / 100.0)),
        .. Enumerable.Range(1, 10).Select(i => -0.013 * i),
        .. Enumerable.Range(1, 1329).Select(i => 0.3 * Math.Pow(i, -1.2)),
        .. new double[360],
    ];
}
