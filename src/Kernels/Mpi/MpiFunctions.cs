using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Mpi;

/// <summary>The functions of a library, by their addresses. Each gives 0, or the number of an error.</summary>
internal sealed unsafe class MpiFunctions
{
    // More than any library writes: the standard's binary interface has 8,192 characters.
    private const int VersionLength = 1 << 14;

    private MpiFunctions(Func<string, nint> addressOf)
    {
        InitThread = (delegate* unmanaged<nint, nint, int, int*, int>)addressOf("MPI_Init_thread");
        CommRank = (delegate* unmanaged<nint, int*, int>)addressOf("MPI_Comm_rank");
        CommSize = (delegate* unmanaged<nint, int*, int>)addressOf("MPI_Comm_size");
        SendSoon = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)addressOf("MPI_Isend");
        ReceiveSoon = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)addressOf("MPI_Irecv");
        BroadcastSoon = (delegate* unmanaged<void*, int, nint, int, nint, nint*, int>)addressOf("MPI_Ibcast");
        Test = (delegate* unmanaged<nint*, int*, void*, int>)addressOf("MPI_Test");
        CountOf = (delegate* unmanaged<void*, nint, int*, int>)addressOf("MPI_Get_count");
        Abort = (delegate* unmanaged<nint, int, int>)addressOf("MPI_Abort");
        Finish = (delegate* unmanaged<int>)addressOf("MPI_Finalize");
    }

    /// <summary>MPI_Init_thread(argc, argv, required, provided).</summary>
    public delegate* unmanaged<nint, nint, int, int*, int> InitThread { get; }

    /// <summary>MPI_Comm_rank(world, rank).</summary>
    public delegate* unmanaged<nint, int*, int> CommRank { get; }

    /// <summary>MPI_Comm_size(world, size).</summary>
    public delegate* unmanaged<nint, int*, int> CommSize { get; }

    /// <summary>MPI_Isend(buffer, count, type, rank, tag, world, request).</summary>
    public delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> SendSoon { get; }

    /// <summary>MPI_Irecv(buffer, count, type, rank, tag, world, request).</summary>
    public delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> ReceiveSoon { get; }

    /// <summary>MPI_Ibcast(buffer, count, type, root, world, request).</summary>
    public delegate* unmanaged<void*, int, nint, int, nint, nint*, int> BroadcastSoon { get; }

    /// <summary>MPI_Test(request, done, status).</summary>
    public delegate* unmanaged<nint*, int*, void*, int> Test { get; }

    /// <summary>MPI_Get_count(status, type, count).</summary>
    public delegate* unmanaged<void*, nint, int*, int> CountOf { get; }

    /// <summary>MPI_Abort(world, code).</summary>
    public delegate* unmanaged<nint, int, int> Abort { get; }

    /// <summary>MPI_Finalize().</summary>
    public delegate* unmanaged<int> Finish { get; }

    /// <summary>All functions of a library.</summary>
    /// <param name="handle">The library.</param>
    /// <exception cref="EntryPointNotFoundException">It lacks one; the message is its name.</exception>
    public static MpiFunctions Of(nint handle) => new(
        name => NativeLibrary.TryGetExport(handle, name, out nint address) ? address : throw new EntryPointNotFoundException(name));

    /// <summary>What a library calls itself, in one line; null if it does not say, and is no MPI then.</summary>
    public static string? VersionOf(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "MPI_Get_library_version", out nint address))
            return null;
        byte* text = stackalloc byte[VersionLength];
        int length;
        if (((delegate* unmanaged<byte*, int*, int>)address)(text, &length) != 0)
            return null;
        text[VersionLength - 1] = 0;
        return (Marshal.PtrToStringUTF8((nint)text) ?? string.Empty).Split('\n', 2)[0].Replace('\t', ' ').Trim();
    }

    /// <summary>The major version of the standard's binary interface that a library says it keeps; 0 or less for none.</summary>
    public static int StandardOf(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "MPI_Abi_get_version", out nint address))
            return 0;
        int major = 0, minor = 0;
        return ((delegate* unmanaged<int*, int*, int>)address)(&major, &minor) == 0 ? major : 0;
    }
}
