using System.Collections.Immutable;

namespace BasinVolume.Report.Records;

/// <summary>A file that a run wrote.</summary>
public sealed record WrittenFile
{
    /// <summary>Its path in the run's folder, with slashes.</summary>
    public required string Name { get; init; }

    /// <summary>Its length.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 of its content, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>What the result of any kind and version says of its files, and nothing else of it.</summary>
public sealed record FilesRecord
{
    /// <summary>The files; null where it does not say.</summary>
    public ImmutableArray<WrittenFile>? Files { get; init => field = Elements.Known(value); }
}
