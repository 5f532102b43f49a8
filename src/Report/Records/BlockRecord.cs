using System.Collections.Immutable;
using BasinVolume.Curvature.Groups;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>The diagonal block of a group of parameters.</summary>
public sealed record BlockRecord
{
    /// <summary>The group.</summary>
    public string? Name { get; init; }

    /// <summary>Its first row.</summary>
    public int? Offset { get; init; }

    /// <summary>How many rows.</summary>
    public int? Order { get; init; }

    /// <summary>The sum of its eigenvalues.</summary>
    public double? Trace { get; init; }

    /// <summary>The smallest eigenvalue.</summary>
    public double? Min { get; init; }

    /// <summary>The largest.</summary>
    public double? Max { get; init; }

    /// <summary>How many lie above the tolerance.</summary>
    public int? Positive { get; init; }

    /// <summary>How many are zero.</summary>
    public int? Zero { get; init; }

    /// <summary>How many lie below minus the tolerance.</summary>
    public int? Negative { get; init; }

    /// <summary>The tolerance.</summary>
    public double? ZeroTolerance { get; init; }

    /// <summary>The logarithm of its determinant.</summary>
    public LogDeterminantRecord? LogDeterminant { get; init; }

    /// <summary>What is said of one.</summary>
    public static BlockRecord Of(BlockReport block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return new()
        {
            Name = block.Group.Name,
            Offset = block.Group.Offset,
            Order = block.Group.Length,
            Trace = block.Trace,
            Min = block.Spectrum.Minimum,
            Max = block.Spectrum.Maximum,
            Positive = block.Spectrum.Inertia.Positive,
            Zero = block.Spectrum.Inertia.Zero,
            Negative = block.Spectrum.Inertia.Negative,
            ZeroTolerance = block.Spectrum.ZeroTolerance,
            LogDeterminant = LogDeterminantRecord.Of(block.LogDeterminant),
        };
    }

    /// <summary>The same as a row of a table.</summary>
    internal ImmutableArray<string> Cells() =>
    [
        Cell.Of(Name),
        Cell.Of(Order),
        Cell.Of(Trace),
        Cell.Brief(Min),
        Cell.Brief(Max),
        Cell.Of(Positive),
        Cell.Of(Zero),
        Cell.Of(Negative),
        Cell.Of(LogDeterminant?.Pseudo),
    ];
}
