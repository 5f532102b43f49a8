namespace BasinVolume.Curvature.Lanczos;

/// <summary>What products of rows themselves tell of them, in the units of the space.</summary>
/// <param name="rows">Which rows.</param>
internal sealed class MeasuredRows(int[] rows)
{
    /// <summary>Which rows.</summary>
    public int[] Rows => rows;

    /// <summary>Rayleigh quotients.</summary>
    public double[] Values { get; } = new double[rows.Length];

    /// <summary>‖A y − θ y‖/‖y‖.</summary>
    public double[] Residuals { get; } = new double[rows.Length];

    /// <summary>How much of that lies in the subspace that is kept out.</summary>
    public double[] Leaks { get; } = new double[rows.Length];

    /// <summary>yᵀ A z of every two rows.</summary>
    public double[,] Products { get; } = new double[rows.Length, rows.Length];
}
