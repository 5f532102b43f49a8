using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// log det(H + cI) of a matrix that is known by its products alone: n log c exactly, and tr log(I + H/c) from random directions,
/// <code>
/// E[zᵀ f(H) z] = tr f(H) for z standard normal,   zᵀ f(H) z = ‖z‖² Σ w_k f(θ_k)
/// </code>
/// by the Lanczos quadrature of each z (Bai, Fahey and Golub 1996; Ubaru, Chen and Saad 2017). Length and direction of z are independent, so ‖z‖² may be
/// replaced by its mean n: what it would add to the variance is gone.
/// What is estimated is only what the network contributes: where H is small against c, next to nothing.
/// </summary>
/// <remarks>
/// The error has two parts, which are told apart. What finitely many steps leave out of a direction's quadrature lies between Gauss–Radau's and Gauss's rule
/// (<see cref="SpectralQuadrature.Bracket"/>), with certainty as soon as the lower end of the spectrum is known (<see cref="Lanczos.LowerEnd"/>);
/// what finitely many directions leave out is known by their spread. Where it is not known that H + cI is positive definite there is no value:
/// one negative eigenvalue that few steps do not meet would make it meaningless.
/// </remarks>
public sealed record StochasticLogDeterminant
{
    private StochasticLogDeterminant(double shift, int directions, int steps, RitzValue smallest, LowerEnd lowerEnd)
        => (Shift, Directions, Steps, Smallest, LowerEnd) = (shift, directions, steps, smallest, lowerEnd);

    /// <summary>c.</summary>
    public double Shift { get; }

    /// <summary>How many directions.</summary>
    public int Directions { get; }

    /// <summary>Most nodes of a quadrature that were needed.</summary>
    public int Steps { get; }

    /// <summary>The smallest that was seen of the spectrum of H, with its residual. There may be smaller eigenvalues, down to <see cref="LowerEnd"/>.</summary>
    public RitzValue Smallest { get; }

    /// <summary>What no eigenvalue of H lies below, and by what that is known.</summary>
    public LowerEnd LowerEnd { get; }

    /// <summary>Why there is no value; null if there is one.</summary>
    public string? Reason { get; private init; }

    /// <summary>
    /// The estimate of log det(H + cI), in nats: the middle of its <see cref="Lower"/> and <see cref="Upper"/>. Null where there is a <see cref="Reason"/>.
    /// </summary>
    public double? LogDeterminant => (Lower + Upper) / 2;

    /// <summary>Half the width of the bracket that the quadratures leave: what more steps can change at most, the directions being these. In nats.</summary>
    public double? QuadratureError => (Upper - Lower) / 2;

    /// <summary>The lower end of that bracket: the mean of the directions' Gauss–Radau rules.</summary>
    public double? Lower { get; private init; }

    /// <summary>Its upper end: the mean of the directions' Gauss rules.</summary>
    public double? Upper { get; private init; }

    /// <summary>The Monte-Carlo part alone: the standard error of the mean over the directions, the larger one of those of the two ends. In nats.</summary>
    public double? StandardError { get; private init; }

    /// <summary>Estimates it.</summary>
    /// <param name="map">H, of order n ≥ 1. For a network it is a map of floor 4.</param>
    /// <param name="shift">c, above 0 and large enough that H + cI is positive definite.</param>
    /// <param name="directions">Random directions, at least 2.</param>
    /// <param name="steps">Steps of the recurrence, at least 1: products with each direction.</param>
    /// <param name="seed">Of the directions (<see cref="NormalVectors"/>).</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="lowerBound">
    /// A number that no eigenvalue of H lies below, such as 0 for a Gauss–Newton matrix; null if none is known, so that it must follow from the steps.
    /// </param>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="MatrixException">A product is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static StochasticLogDeterminant Of(
        ILinearMap map,
        double shift,
        int directions,
        int steps,
        ulong seed,
        HostThreads threads,
        double? lowerBound = null,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        int order = map.Order;
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1, nameof(map));
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 2);
        if (!(shift > 0 && double.IsFinite(shift)))
            throw new ArgumentOutOfRangeException(nameof(shift), shift, "The shift c must be a finite number above 0.");
        if (lowerBound is { } bound && !double.IsFinite(bound))
            throw new ArgumentOutOfRangeException(nameof(lowerBound), bound, "A lower bound must be a finite number.");
        var starts = new Matrix(directions, order);
        for (int row = 0; row < directions; row++)
            NormalVectors.Fill(seed, (ulong)row, starts.Row(row));

        var quadratures = SpectralQuadrature.Of(map, starts, steps, threads, progress, cancellation);
        RitzValue smallest = quadratures.Select(quadrature => quadrature.RitzValues[0]).MinBy(ritz => ritz.Value);
        var seen = LowerEnd.Of(quadratures, order);
        // What is given is certain, and is left only where it does not suffice and what was seen says more.
        LowerEnd lowerEnd = lowerBound is { } given && (given > -shift || given >= seen.Value) ? new(given, LowerEndBasis.Given) : seen;
        var estimate = new StochasticLogDeterminant(shift, directions, quadratures.Max(quadrature => quadrature.Nodes.Length), smallest, lowerEnd);
        double largest = quadratures.Max(quadrature => Math.Max(Math.Abs(quadrature.Nodes[0]), Math.Abs(quadrature.Nodes[^1])));
        string? reason = estimate.ReasonAgainst(order * Spectrum.DoubleRoundoff * largest);
        return reason is null ? estimate.WithValue(quadratures, order, threads, cancellation) : estimate with { Reason = reason };
    }

    private string? ReasonAgainst(double rounding)
    {
        if (LowerEnd.Basis == LowerEndBasis.Given && Smallest.Value < LowerEnd.Value - rounding)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The directions met {Smallest.Value:g6} in the spectrum of H, below the {LowerEnd.Value:g6} that no eigenvalue was said to lie below; "
                + $"give a bound that holds.");
        }


        if (Smallest.Value <= -Shift)
            return FormattableString.Invariant(
                $"H + {Shift} I is not positive definite: the directions met {Smallest.Value:g6} in the spectrum of H; take a larger shift.");
        if (LowerEnd.Value > -Shift)
            return null;
        string missed = LowerEnd.Basis == LowerEndBasis.Unknown
            ? "an eigenvalue of any size may have been missed"
            : FormattableString.Invariant($"an eigenvalue of H as low as {LowerEnd.Value:g6} may have been missed");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Directions} directions of {Steps} steps do not tell whether H + {Shift} I is positive definite: {missed}; "
            + $"take more steps or directions or a larger shift, or give a lower bound of the spectrum if one is known.");
    }

    private StochasticLogDeterminant WithValue(ImmutableArray<SpectralQuadrature> quadratures, int order, HostThreads threads, CancellationToken cancellation)
    {
        double Logarithm(double theta) => order * SpecialFunctions.Log1p(theta / Shift);
        (double Lower, double Upper)[] traces = [.. quadratures.Select(quadrature => quadrature.Bracket(Logarithm, LowerEnd.Value, threads, cancellation))];
        double[] lower = [.. traces.Select(trace => trace.Lower)], upper = [.. traces.Select(trace => trace.Upper)];
        double constant = order * Math.Log(Shift);
        return this with { Lower = constant + MeanOf(lower), Upper = constant + MeanOf(upper), StandardError = Math.Max(ErrorOf(lower), ErrorOf(upper)) };
    }

    private static double MeanOf(double[] values) => CompensatedSum.Of(values) / values.Length;

    private static double ErrorOf(double[] values)
    {
        double mean = MeanOf(values);
        return Math.Sqrt(CompensatedSum.Of(values, x => (x - mean) * (x - mean)) / (values.Length - 1) / values.Length);
    }
}
