using System.Globalization;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// Σ λ/(λ + α), how many directions the matrix determines against a prior of precision α (MacKay 1992), of a matrix that is known by its products alone.
/// Known zeros count nothing.
/// </summary>
/// <param name="Alpha">α.</param>
/// <param name="Trace">The sum in its parts.</param>
public sealed record EffectiveDimensionEstimate(double Alpha, FunctionTrace Trace)
{
    /// <summary>The effective dimension; null where there is a <see cref="Reason"/>.</summary>
    public SampledNumber? Value => Trace.Value;

    /// <summary>Why there is no value; null if there is one.</summary>
    public string? Reason => Trace.Reason;

    /// <summary>The value with its interval, or why there is none, for a person.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"effective dimension at {Alpha:g4} {Value?.ToString() ?? $"has no value. {Reason}"}");

    /// <summary>Estimates it; no further product is taken.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="alpha">α, above 0 and so large that every λ + α is.</param>
    /// <param name="trace">Where tr A lies: a control variate (<see cref="FunctionTrace.Of"/>); null to do without.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not a finite number above 0.</exception>
    public static EffectiveDimensionEstimate Of(
        ProbeQuadratures quadratures, double alpha, Interval? trace = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        if (!(alpha > 0 && double.IsFinite(alpha)))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The precision α must be a finite number above 0.");
        return new(alpha, FunctionTrace.Of(quadratures, SpectralFunction.Effective(alpha), trace, cancellation));
    }
}
