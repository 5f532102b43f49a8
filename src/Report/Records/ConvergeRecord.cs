using System.Collections.Immutable;

namespace BasinVolume.Report.Records;

/// <summary>How the weights were moved to a stationary point; all else in the document is at the moved ones.</summary>
public sealed record ConvergeRecord
{
    /// <summary><c>converged</c>, <c>stalled</c>, <c>step_limit</c> or <c>not_a_number</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>The same as a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>|g| that counts as zero.</summary>
    public double? Tolerance { get; init; }

    /// <summary>The loss before.</summary>
    public double? LossBefore { get; init; }

    /// <summary>The loss after.</summary>
    public double? Loss { get; init; }

    /// <summary>|g| before.</summary>
    public double? GradientNormBefore { get; init; }

    /// <summary>|g| after.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>How far the weights were moved.</summary>
    public double? Distance { get; init; }

    /// <summary>Seconds for the search.</summary>
    public double? Seconds { get; init; }

    /// <summary>The folder of the moved weights.</summary>
    public string? Weights { get; init; }

    /// <summary>The Newton steps.</summary>
    public ImmutableArray<NewtonStepRecord>? Steps { get; init => field = Elements.Known(value); }

    /// <summary>The definitions at the run's own weights.</summary>
    public IReadOnlyDictionary<string, DefinitionRecord>? Before { get; init => field = Elements.Known(value); }
}

/// <summary>A Newton step, taken or not.</summary>
public sealed record NewtonStepRecord
{
    /// <summary>The loss after it.</summary>
    public double? Loss { get; init; }

    /// <summary>|g| after it.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>How long it was; 0 if it was not taken.</summary>
    public double? Length { get; init; }

    /// <summary>The trust region that it had to keep to.</summary>
    public double? Radius { get; init; }

    /// <summary>Products of the Hessian with a direction that it took to find.</summary>
    public int? Products { get; init; }
}
