namespace BasinVolume.Kernels.Mpi;

/// <summary>What starts ranks, and the libraries that understand it: those of the other family each believe that they are alone.</summary>
public enum MpiFamily
{
    /// <summary>Not known, or none.</summary>
    Unknown,

    /// <summary>MPICH and its relatives, by PMI: mpiexec.hydra, srun --mpi=pmi2.</summary>
    Mpich,

    /// <summary>Open MPI, by PMIx: mpirun, prte, srun --mpi=pmix.</summary>
    OpenMpi,
}

/// <summary>Recognises families.</summary>
internal static class MpiFamilies
{
    private static readonly string[] OfMpich = ["mpich", "mvapich", "intel(r) mpi", "intel mpi", "parastation"];

    /// <summary>The family of a library by what it calls itself.</summary>
    public static MpiFamily Of(string version)
    {
        bool Says(string name) => version.Contains(name, StringComparison.OrdinalIgnoreCase);
        return Says("open mpi") ? MpiFamily.OpenMpi : OfMpich.Any(Says) ? MpiFamily.Mpich : MpiFamily.Unknown;
    }
}
