using System.Globalization;

namespace BasinVolume.Kernels.Mpi;

/// <summary>What the environment says of the ranks that this process was started among, before any library is asked.</summary>
/// <param name="Family">Whose launcher started it.</param>
/// <param name="Rank">Which rank it is; 0 where nobody says.</param>
/// <param name="Count">How many there are; null where nobody says.</param>
public sealed record MpiLauncher(MpiFamily Family, int Rank, int? Count)
{
    /// <summary>What the environment of this process says.</summary>
    public static MpiLauncher Here { get; } = Of(Environment.GetEnvironmentVariable);

    /// <summary>What an environment says.</summary>
    /// <param name="variable">The value of a variable; null where there is none.</param>
    internal static MpiLauncher Of(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        int? Number(string name) => int.TryParse(variable(name), CultureInfo.InvariantCulture, out int number) ? number : null;
        if (Number("OMPI_COMM_WORLD_SIZE") is { } open)
            return new(MpiFamily.OpenMpi, Number("OMPI_COMM_WORLD_RANK") ?? 0, open);
        if (Number("PMI_SIZE") is { } size)
            return new(MpiFamily.Mpich, Number("PMI_RANK") ?? 0, size);
        // Slurm's own launcher by PMIx, which says how many there are in words of its own.
        if (Number("PMIX_RANK") is { } rank)
            return new(MpiFamily.OpenMpi, rank, Number("SLURM_STEP_NUM_TASKS"));
        return new(MpiFamily.Unknown, 0, null);
    }
}
