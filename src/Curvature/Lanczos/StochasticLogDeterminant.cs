using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// log det(H + cI) of a matrix that is known by its products alone: n log c exactly, and tr log(I + H/c) from random directions,
/// <code>
/// E[zᵀ f(H) z] = tr f(H) for z standard normal,   zᵀ f(H) z = ‖z‖² Σ w_k f(θ_k)
/// </code>
/// by the Lanczos quadrature of each z (Bai, Fahey and Golub 1996; Ubaru, Chen and Saad 2017). Length and direction of z are independent, so ‖z‖² may be replaced by its mean n: what it would add to the variance is gone.
/// What is estimated is only what the network contributes: where H is small against c, next to nothing.
/// </summary>
/// <param name="Shift">c.</param>
/// <param name="LogDeterminant">The estimate of log det(H + cI), in nats.</param>
/// <param name="StandardError">Of the estimate, from the spread over the directions; it knows nothing of what too few steps leave out.</param>
/// <param name="Directions">How many directions.</param>
/// <param name="Steps">Most nodes of a quadrature that were needed.</param>
public sealed record StochasticLogDeterminant(double Shift, double LogDeterminant, double StandardError, int Directions, int Steps)
{
    /// <summary>Estimates it.</summary>
    /// <param name="multiply">[vectors, n] ↦ H times each row; H symmetric. For a network <c>v => Hessian.Multiply(plan, samples, v)</c>.</param>
    /// <param name="order">n, at least 1.</param>
    /// <param name="shift">c, above 0 and large enough that H + cI is positive definite.</param>
    /// <param name="directions">Random directions, at least 2.</param>
    /// <param name="steps">Steps of the recurrence, at least 1: products with each direction.</param>
    /// <param name="seed">Of the directions (<see cref="NormalVectors"/>).</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="MatrixException">A product is not finite, or H + cI is not positive definite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static StochasticLogDeterminant Of(
        Func<Matrix, Matrix> multiply, int order, double shift, int directions, int steps, ulong seed, HostThreads threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 2);
        if (!(shift > 0 && double.IsFinite(shift)))
            throw new ArgumentOutOfRangeException(nameof(shift), shift, "The shift c must be a finite number above 0.");
        var starts = new Matrix(directions, order);
        for (int row = 0; row < directions; row++)
            NormalVectors.Fill(seed, (ulong)row, starts.Row(row));

        var quadratures = SpectralQuadrature.Of(multiply, starts, steps, threads, progress, cancellation);
        double lowest = quadratures.Min(quadrature => quadrature.Nodes[0]);
        if (lowest <= -shift)
            throw new MatrixException(FormattableString.Invariant($"H + {shift} I must be positive definite, but the directions have found {lowest} in the spectrum of H; take a larger shift."));
        double[] traces = [.. quadratures.Select(quadrature => order * quadrature.Mean(theta => SpecialFunctions.Log1p(theta / shift)))];
        double mean = CompensatedSum.Of(traces, x => x) / directions;
        double variance = CompensatedSum.Of(traces, x => (x - mean) * (x - mean)) / (directions - 1);
        return new(shift, (order * Math.Log(shift)) + mean, Math.Sqrt(variance / directions), directions, quadratures.Max(quadrature => quadrature.Nodes.Length));
    }
}
