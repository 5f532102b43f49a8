using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What a finished job of any kind says: the document that it left, and how that is shown to people.</summary>
public interface IRunRecord : IShownRecord
{
    /// <summary>What the job was.</summary>
    string? Command { get; }

    /// <summary>The command that asks for the same again; null where it was not asked by a command.</summary>
    string? CommandLine { get; }

    /// <summary>The files that the job wrote; null for documents of earlier versions, which do not say.</summary>
    ImmutableArray<WrittenFile>? Files { get; }

    /// <summary>The SHA-256 of each Hessian that it is about; empty for a run without one.</summary>
    IEnumerable<string> Hessians();

    /// <summary>What was asked, a name and a value each.</summary>
    IEnumerable<(string Name, string Value)> Asked();

    /// <summary>The identities that it checked; none for jobs that check nothing.</summary>
    IEnumerable<Section> SelfCheck();

    /// <summary>Where its numbers come from, a name and a value each.</summary>
    IEnumerable<(string Name, string Value)> Provenance();

    /// <summary>The same record with the files that the job wrote.</summary>
    IRunRecord With(ImmutableArray<WrittenFile> files);
}
