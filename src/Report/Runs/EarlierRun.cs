namespace BasinVolume.Report.Runs;

/// <summary>What becomes of an earlier run of the same kind in the folder that was asked for.</summary>
public enum EarlierRun
{
    /// <summary>It stays, and the new run is refused.</summary>
    Keep,

    /// <summary>It stays until the new run is finished, which then takes its place.</summary>
    Overwrite,

    /// <summary>It stays, and the new run takes a folder beside it.</summary>
    Beside,

    /// <summary>It is unfinished, and the new run goes on with what it kept.</summary>
    Resume,
}
