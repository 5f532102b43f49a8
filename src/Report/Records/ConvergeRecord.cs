using System.Collections.Immutable;
using BasinVolume.Report.Tables;

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

    /// <summary>How the volumes moved with the weights.</summary>
    /// <param name="after">The definitions at the moved weights.</param>
    internal IEnumerable<Section> Sections(IReadOnlyDictionary<string, DefinitionRecord>? after)
    {
        yield return new("converge", "How the volumes moved", Reason, new(["", "before", "after", "difference"],
        [
            Row("loss", LossBefore, Loss),
            Row("|g|", GradientNormBefore, GradientNorm),
            .. (Before ?? new Dictionary<string, DefinitionRecord>()).Where(definition => after?.ContainsKey(definition.Key) == true).Select(
                definition => Row(DefinitionNames.Of(definition.Key), definition.Value.Value, after![definition.Key].Value)),
        ]));
    }

    private static ImmutableArray<string> Row(string name, double? before, double? after) => [name, Cell.Of(before), Cell.Of(after), Cell.Of(after - before)];
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
