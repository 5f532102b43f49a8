using System.Text.Json.Serialization;

namespace BasinVolume.Report.Records;

/// <summary>A symmetric matrix that was read.</summary>
public record MatrixRecord
{
    /// <summary>What it is called: a file, or a model of a run.</summary>
    public string? Name { get; init; }

    /// <summary>Where it was read.</summary>
    public string? File { get; init; }

    /// <summary>What its elements were rounded to: <c>float16</c>, <c>float32</c> or <c>float64</c>.</summary>
    public string? Precision { get; init; }

    /// <summary>max|a_ij − a_ji|/max|a_ij| of the file.</summary>
    public double? Asymmetry { get; init; }

    /// <summary>The largest asymmetry that would have been taken.</summary>
    public double? AsymmetryTolerance { get; init; }

    /// <summary>What <c>--zero-tolerance</c> said, or null.</summary>
    public double? StatedZeroTolerance { get; init; }

    /// <summary>What it can be recognised by, as in <c>result.json</c>.</summary>
    public string? Sha256 { get; init; }

    /// <summary>n; <c>volume.json</c> has it as <c>parameters</c> instead.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Order { get; init; }
}
