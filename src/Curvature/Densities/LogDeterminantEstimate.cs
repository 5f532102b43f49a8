using System.Globalization;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// log det(A + μI) of a matrix that is known by its products alone, in nats: n log μ exactly, and tr log(I + A/μ) from probes
/// (Bai, Fahey and Golub 1996; Ubaru, Chen and Saad 2017). What is estimated is only what the matrix contributes: where it is small against μ, next to nothing.
/// </summary>
/// <remarks>
/// The error has two parts, which are told apart (<see cref="SampledNumber"/>): what finitely many steps leave out lies in the bracket, with certainty as soon
/// as the lower end of the spectrum is known; what finitely many probes leave out is known by their spread. Where it is not known that A + μI is positive
/// definite there is no value: one negative eigenvalue that few steps do not meet would make it meaningless.
/// </remarks>
/// <param name="Shift">μ, the damping.</param>
/// <param name="Constant">n log μ.</param>
/// <param name="Trace">tr log(I + A/μ), in its parts.</param>
/// <param name="Value">log det(A + μI); null where there is a <see cref="Reason"/>.</param>
public sealed record LogDeterminantEstimate(double Shift, double Constant, FunctionTrace Trace, SampledNumber? Value)
{
    /// <summary>Why there is no value; null if there is one.</summary>
    public string? Reason => Trace.Reason;

    /// <summary>The value with its interval, or why there is none, for a person.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"log det(A + {Shift:g4} I) {Value?.ToString() ?? $"has no value. {Reason}"}");

    /// <summary>Estimates it; no further product is taken.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="shift">μ, above 0.</param>
    /// <param name="trace">Where tr A lies: a control variate (<see cref="FunctionTrace.Of"/>); null to do without.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shift is not a finite number above 0.</exception>
    public static LogDeterminantEstimate Of(
        ProbeQuadratures quadratures, double shift, Interval? trace = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        if (!(shift > 0 && double.IsFinite(shift)))
            throw new ArgumentOutOfRangeException(nameof(shift), shift, "The damping μ must be a finite number above 0.");
        var parts = FunctionTrace.Of(quadratures, SpectralFunction.Logarithm(shift), trace, cancellation);
        double constant = quadratures.Order * Math.Log(shift);
        return new(shift, constant, parts, parts.Value?.Plus(new(constant, constant)));
    }
}
