using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>A folder with a part of a result: it is no run, and whoever wants one is told so.</summary>
public static class PartFolder
{
    /// <summary>Whether a folder holds a part.</summary>
    public static bool Is(string folder) => FinishedRun.IsIn(folder, RunKind.Part);

    /// <summary>Whether a folder holds a part that was killed, failed or was interrupted.</summary>
    public static bool HoldsUnfinished(string folder) => File.Exists(Path.Combine(OutputFolder.UnfinishedOf(folder), RunKind.Part.LogName));

    /// <summary>What is told to whoever gives such a folder in the place of a run's.</summary>
    public static DataException InsteadOfRun(string folder) => new(
        $"{folder} holds a part of a result (its {RunKind.Part.ResultName} is there) and no run; put all parts together with 'basin-volume merge PART-1 PART-2 "
        + $"... --out RUN', and give the folder RUN.");
}
