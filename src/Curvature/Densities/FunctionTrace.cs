using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// tr f(A) for a function with derivatives of known signs, from probes that are taken: n₀ f(0) exactly, the deflated pairs and each probe between Gauss's and
/// Radau's rules (<see cref="SpectralQuadrature.Bracket"/>), and what finitely many probes leave out from their spread.
/// </summary>
/// <param name="Exact">n₀ f(0): what known zeros give.</param>
/// <param name="Deflated">What the deflated pairs give, with certainty if the spectrum lies within <paramref name="Support"/>.</param>
/// <param name="Sampled">What the probes give; null where there is no number, or where nothing is left to chance.</param>
/// <param name="Value">The sum of all three; null where there is a <paramref name="Reason"/>.</param>
/// <param name="Support">Where the spectrum was taken to lie.</param>
/// <param name="LowerEnd">Its lower end and by what that is known.</param>
/// <param name="Reason">Why there is no number; null if there is one.</param>
public sealed record FunctionTrace(
    double Exact, Interval Deflated, SampledNumber? Sampled, SampledNumber? Value, Interval Support, SpectrumEnd LowerEnd, string? Reason)
{
    /// <summary>Estimates it.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="function">f.</param>
    /// <param name="trace">
    /// Where tr A lies, such as the 95 % interval of an estimate from other probes, or a point where it is known exactly: a control variate. Each probe's zᵀAz
    /// is known exactly, and how far it is from tr A tells how far its zᵀf(A)z is off; null to do without.
    /// </param>
    /// <param name="cancellation">Checked now and then.</param>
    public static FunctionTrace Of(
        ProbeQuadratures quadratures, SpectralFunction function, Interval? trace = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        ArgumentNullException.ThrowIfNull(function);
        SpectrumEnd lower = LowerEndFor(quadratures, function), upper = UpperEndOf(quadratures);
        var support = new Interval(lower.Value, upper.Value);
        if (ReasonAgainst(quadratures, function, lower) is { } reason)
            return new(double.NaN, new(double.NaN, double.NaN), null, null, support, lower, reason);
        double exact = quadratures.Zeros > 0 ? quadratures.Zeros * function.Value(0) : 0;
        var deflated = new Interval(0, 0);
        foreach (SpectralQuadrature pair in quadratures.Pairs)
            deflated += BracketOf(pair).Bracket;
        if (quadratures.Probes.IsEmpty)
            return new(exact, deflated, null, Certain(deflated + exact), support, lower, null);
        SampledNumber sampled = new ProbeMean(quadratures, function, [.. quadratures.Probes.Select(BracketOf)]).Of(trace);
        return new(exact, deflated, sampled, sampled.Plus(deflated + exact), support, lower, null);

        ProbeBracket BracketOf(SpectralQuadrature measure) => measure.Bracket(function, support, quadratures.Rounding, quadratures.Threads, cancellation);
    }

    // Nothing is left to chance.
    private static SampledNumber Certain(Interval bracket) => new(bracket.Middle, bracket, 0, bracket, 0);

    // What is given is certain, and is left only where it does not suffice and what was seen says more.
    private static SpectrumEnd LowerEndFor(ProbeQuadratures quadratures, SpectralFunction function)
    {
        SpectrumEnd seen = quadratures.SeenLower;
        return quadratures.Options.LowerBound is { } given && (given - quadratures.Rounding > function.From || given >= seen.Value)
            ? new(given, SpectrumEndBasis.Given)
            : seen;
    }

    private static SpectrumEnd UpperEndOf(ProbeQuadratures quadratures) => quadratures.Upper;

    private static string? ReasonAgainst(ProbeQuadratures quadratures, SpectralFunction function, SpectrumEnd lower)
    {
        if (quadratures.ReasonAgainstBounds is { } reason)
            return reason;
        if (quadratures.Smallest <= function.From)
            return FormattableString.Invariant(
                $"The probes met {quadratures.Smallest:g6} in the spectrum, and the function is defined above {function.From:g6} alone; take a larger shift.");
        if (lower.Value - quadratures.Rounding > function.From)
            return null;
        return FormattableString.Invariant($"{quadratures.Probes.Length} probes of {quadratures.Options.Steps} steps do not tell whether the spectrum lies ")
            + FormattableString.Invariant($"above {function.From:g6}: an eigenvalue as low as {lower.Value:g6} may have been missed; ")
            + "take more steps or probes or a larger shift, or give a lower bound of the spectrum if one is known.";
    }
}
