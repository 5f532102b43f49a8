namespace BasinVolume.Onnx;

/// <summary>In which precision a file keeps weights and computes.</summary>
public enum ExportPrecision
{
    /// <summary>float32, which every program takes.</summary>
    Float32,

    /// <summary>float64, which keeps every bit of a weight; not every program has all operators in it.</summary>
    Float64,
}

/// <summary>How a network is written.</summary>
public sealed record ExportOptions
{
    /// <summary>In which precision; float32 if nothing is said.</summary>
    public ExportPrecision Precision { get; init; }

    /// <summary>What the file is to say of itself beside that, names and texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
