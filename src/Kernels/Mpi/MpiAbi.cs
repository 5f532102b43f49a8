namespace BasinVolume.Kernels.Mpi;

/// <summary>
/// By what a library knows the constants that are asked of it. A C compiler takes them from mpi.h; there are three such files in use, and each has its own.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="World">MPI_COMM_WORLD.</param>
/// <param name="Double">MPI_DOUBLE.</param>
/// <param name="Serialized">MPI_THREAD_SERIALIZED.</param>
/// <remarks>
/// Handles are 32-bit integers in MPICH and pointers in the others. All are passed as pointers here: by the conventions of x64 and of Arm64 an integer among
/// the first arguments stands in the lower half of the same register.
/// </remarks>
internal sealed record MpiAbi(string Name, nint World, nint Double, int Serialized)
{
    private const string OpenWorld = "ompi_mpi_comm_world", OpenDouble = "ompi_mpi_double";

    /// <summary>MPICH and what keeps its binary interface: Intel MPI, MVAPICH, Cray MPICH, ParaStation. (mpi.h of MPICH 3.1 to 4.)</summary>
    public static MpiAbi Mpich { get; } = new("MPICH", 0x44000000, 0x4c00080b, 2);

    /// <summary>The binary interface of the standard itself. (MPI 5.0, chapter 21.)</summary>
    public static MpiAbi Standard { get; } = new("MPI 5.0", 0x101, 0x214, 2048);

    /// <summary>Open MPI, whose handles are the addresses of what the library exports. (mpi.h of Open MPI 1.7 to 5.)</summary>
    /// <param name="addressOf">The address of a name.</param>
    public static MpiAbi Open(Func<string, nint> addressOf)
    {
        ArgumentNullException.ThrowIfNull(addressOf);
        return new("Open MPI", addressOf(OpenWorld), addressOf(OpenDouble), 2);
    }

    /// <summary>Recognises the interface of a library.</summary>
    /// <param name="version">What the library calls itself.</param>
    /// <param name="standard">The major version of the standard's binary interface that it says it keeps; 0 or less for none.</param>
    /// <param name="addressOf">The address of a name that it exports; 0 for one that it does not.</param>
    /// <returns>Null for a library that is none of these.</returns>
    public static MpiAbi? Recognise(string version, int standard, Func<string, nint> addressOf)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(addressOf);
        if (standard > 0)
            return Standard;
        if (addressOf(OpenWorld) != 0 && addressOf(OpenDouble) != 0)
            return Open(addressOf);
        return MpiFamilies.Of(version) == MpiFamily.Mpich ? Mpich : null;
    }
}
