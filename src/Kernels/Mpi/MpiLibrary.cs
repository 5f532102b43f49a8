using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Mpi;

/// <summary>An MPI library that is loaded.</summary>
/// <param name="Name">The name or path that it was found by.</param>
/// <param name="Version">What it calls itself.</param>
/// <param name="Abi">By what it knows its constants.</param>
/// <param name="Functions">Its functions.</param>
internal sealed record MpiLibrary(string Name, string Version, MpiAbi Abi, MpiFunctions Functions)
{
    // The interface of the standard is every library's; behind it the numbers of the families' own interfaces, which have not changed for ten years.
    private const string Standard = "libmpi_abi.so";

    private static readonly string[] OfMpich = ["libmpich.so.12", "libmpi.so.12", "libmpich.so"];
    private static readonly string[] OfOpenMpi = ["libmpi.so.40", "libmpi.so"];

    // Where distributions put a library that is on no search path until a module is loaded.
    private static readonly string[] FoldersOfMpich = ["/usr/lib64/mpich/lib", "/usr/lib/mpich/lib"];
    private static readonly string[] FoldersOfOpenMpi = ["/usr/lib64/openmpi/lib", "/usr/lib/openmpi/lib"];

    /// <summary>What is looked for, in order: what belongs to the launcher before all else.</summary>
    /// <param name="launcher">Whose launcher started this process.</param>
    public static string[] Candidates(MpiFamily launcher)
    {
        string[] mpich = [.. OfMpich, .. In(FoldersOfMpich, OfMpich)], open = [.. OfOpenMpi, .. In(FoldersOfOpenMpi, OfOpenMpi)];
        return launcher == MpiFamily.OpenMpi ? [Standard, .. open, .. mpich] : [Standard, .. mpich, .. open];
    }

    /// <summary>Finds a library and loads it.</summary>
    /// <param name="asked">The only one that is looked for; null for what there is.</param>
    /// <param name="launcher">Whose launcher started this process.</param>
    /// <exception cref="DeviceException">There is none; the message says what was looked for and why each will not do.</exception>
    public static MpiLibrary Find(string? asked, MpiFamily launcher)
    {
        List<string> reasons = [];
        MpiLibrary? stranger = null;
        foreach (string name in asked is null ? Candidates(launcher) : [asked])
        {
            if (TryOpen(name, out string reason) is not { } library)
            {
                reasons.Add($"{name} ({reason})");
                continue;
            }

            if (asked is not null || AreOne(MpiFamilies.Of(library.Version), launcher))
                return library;
            stranger ??= library;
        }

        // Perhaps the launcher speaks both languages; how many ranks the library counts will tell.
        return stranger ?? throw Nothing(asked, reasons);
    }

    private static bool AreOne(MpiFamily library, MpiFamily launcher)
        => library == launcher || library == MpiFamily.Unknown || launcher == MpiFamily.Unknown;

    private static DeviceException Nothing(string? asked, List<string> reasons) => new(
        $"There is no MPI library to compute with other ranks by; looked for {string.Join(", ", reasons)}; "
        + (asked is null ? "install MPICH or Open MPI, or give the library's path with --mpi-library." : "give another one with --mpi-library."));

    private static MpiLibrary? TryOpen(string name, out string reason)
    {
        reason = string.Empty;
        if (NativeFile.TryLoad(name, out nint handle) is { } failure)
        {
            reason = failure;
            return null;
        }

        if (MpiFunctions.VersionOf(handle) is not { } version)
        {
            reason = "it is no MPI library, for it has no MPI_Get_library_version";
            return null;
        }

        nint AddressOf(string symbol) => NativeLibrary.TryGetExport(handle, symbol, out nint address) ? address : 0;
        if (MpiAbi.Recognise(version, MpiFunctions.StandardOf(handle), AddressOf) is not { } abi)
        {
            reason = $"it calls itself \"{version}\", whose binary interface is neither that of MPICH, nor Open MPI's, nor that of MPI 5.0";
            return null;
        }

        try
        {
            return new(name, version, abi, MpiFunctions.Of(handle));
        }
        catch (EntryPointNotFoundException e)
        {
            reason = $"it has no {e.Message}";
            return null;
        }
    }

    private static IEnumerable<string> In(string[] folders, string[] names)
        => folders.Where(Directory.Exists).SelectMany(folder => names.Select(name => Path.Combine(folder, name)));
}
