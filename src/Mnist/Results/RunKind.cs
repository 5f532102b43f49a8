namespace BasinVolume.Mnist.Results;

/// <summary>What kind of job leaves a folder. Jobs of different kinds may use the same folder: each has a log and a result of its own.</summary>
/// <param name="LogName">What its log is called.</param>
/// <param name="ResultName">What its result is called.</param>
public sealed record RunKind(string LogName, string ResultName)
{
    /// <summary>Jobs whose folder holds models: notebook, hessian, train.</summary>
    public static RunKind Models { get; } = new("run.log", "result.json");

    /// <summary>The spectrum of a matrix.</summary>
    public static RunKind Spectrum { get; } = new("spectrum.log", "spectrum.json");

    /// <summary>The loss along directions and over a plane.</summary>
    public static RunKind Landscape { get; } = new("landscape.log", "landscape.json");

    /// <summary>The volumes of a basin.</summary>
    public static RunKind Volume { get; } = new("volume.log", "volume.json");

    /// <summary>All of them, in the order in which a page shows them.</summary>
    public static IReadOnlyList<RunKind> All { get; } = [Models, Spectrum, Volume, Landscape];
}

/// <summary>What becomes of an earlier run of the same kind in the folder that was asked for.</summary>
public enum EarlierRun
{
    /// <summary>It stays, and the new run is refused.</summary>
    Keep,

    /// <summary>It stays until the new run is finished, which then takes its place.</summary>
    Overwrite,

    /// <summary>It stays, and the new run takes a folder beside it.</summary>
    Beside,
}
