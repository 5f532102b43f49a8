using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What <c>verify --json</c> writes to the standard output.</summary>
public sealed record VerifyRecord : IShownRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>verify</c>.</summary>
    public string? Command { get; init; } = "verify";

    /// <summary>What the device computed in.</summary>
    public string? Precision { get; init; }

    /// <summary>Where it was computed.</summary>
    public DeviceRecord? Device { get; init; }

    /// <summary>The network as it was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>The weights as they were asked for; null for drawn ones.</summary>
    public string? Weights { get; init; }

    /// <summary>What the weights are, as in <c>result.json</c>, with what was read of an ONNX file and how its outputs compare; null for drawn ones.</summary>
    public CheckpointRecord? Checkpoint { get; init; }

    /// <summary>Whether every identity that applies holds.</summary>
    public required bool Passed { get; init; }

    /// <summary>All identities.</summary>
    public required ImmutableArray<IdentityRecord> Identities { get; init; }

    /// <summary>What computed.</summary>
    public VersionsRecord? Versions { get; init; }

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() =>
    [
        AnswerTexts.Computed($"identities of the derivatives of {Model ?? Weights ?? "the model"} in {Cell.Of(Precision)} on {Cell.Of(Device?.Kind)}"),
        new("verdict", $"{Cell.Of(Held)} hold, {Cell.Of(Identities.Count(identity => !identity.Passed))} broken, "
            + $"{Cell.Of(Identities.Count(identity => !identity.Applies))} do not apply"),
        .. Closest is { } closest ? [closest] : Array.Empty<AnswerLine>(),
    ];

    /// <inheritdoc/>
    public IEnumerable<Section> Sections() =>
    [
        new("identities", "Identities", Note: null, new(
            ["identity", "verdict", "residual", "bound", "says"], [.. Identities.Where(identity => identity.Applies).Select(identity => identity.Cells())])),
        .. Identities.Any(identity => !identity.Applies)
            ? [new("left-out", "Do not apply", Note: null, TextTable.Of(
                "identity", "why", Identities.Where(identity => !identity.Applies).Select(identity => (identity.Name, identity.Reason))))]
            : Array.Empty<Section>(),
    ];

    private int Held => Identities.Count(identity => identity is { Applies: true, Passed: true });

    private AnswerLine? Closest => Identities.Where(identity => identity is { Residual: not null, Bound: > 0 }).MaxBy(
        identity => identity.Residual / identity.Bound) is { } closest
        ? new("closest", $"{closest.Name}: {Cell.Brief(closest.Residual)} where rounding allows {Cell.Brief(closest.Bound)}")
        : null;
}

/// <summary>An exact identity, whether or not it applies.</summary>
public sealed record IdentityRecord
{
    /// <summary>Short and stable.</summary>
    public required string Name { get; init; }

    /// <summary>What must hold, as a formula.</summary>
    public required string Statement { get; init; }

    /// <summary>Whether it says anything about the network at hand.</summary>
    public required bool Applies { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public required bool Passed { get; init; }

    /// <summary>How far it is from holding; null where it does not apply or is not finite.</summary>
    public double? Residual { get; init; }

    /// <summary>How far rounding can take it; null where it does not apply or is not finite.</summary>
    public double? Bound { get; init; }

    /// <summary>What the bound is.</summary>
    public string? BoundFormula { get; init; }

    /// <summary>Why it must hold here, or why it does not apply.</summary>
    public required string Reason { get; init; }

    /// <summary>What is said of one.</summary>
    public static IdentityRecord Of(IdentityCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return new()
        {
            Name = check.Name,
            Statement = check.Statement,
            Applies = check.Applies,
            Passed = check.Passed,
            Residual = check.Residual,
            Bound = check.Bound,
            BoundFormula = check.BoundFormula,
            Reason = check.Reason,
        };
    }

    /// <summary>The same as a row of a table.</summary>
    internal ImmutableArray<string> Cells()
        => [Name, Passed ? "holds" : "BROKEN", Cell.Brief(Residual), Cell.Brief(Bound), Statement];
}
