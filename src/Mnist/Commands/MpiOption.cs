using System.CommandLine;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs;

namespace BasinVolume.Mnist.Commands;

/// <summary>--mpi and --mpi-library, the same for every command whose work can be shared.</summary>
internal static class MpiOption
{
    /// <summary>What the words of a command line have in them where it is asked for.</summary>
    public const string Name = "--mpi";

    private static readonly Option<bool> Mpi = new(Name)
    {
        Description = "Share the work with the other ranks that mpiexec, mpirun or srun started with this one; no number depends on how many there are.",
    };

    private static readonly Option<string?> Library = new("--mpi-library")
    {
        Description = "The MPI library, its path or its name. [default: the launcher's, as MPI 5.0, MPICH or Open MPI calls it]",
        HelpName = "PATH",
    };

    /// <summary>Both of them.</summary>
    public static Option[] All { get; } = [Mpi, Library];

    /// <summary>Those that a command is to compute with; all of them have been given the same program and the same command then.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="interruption">What stops the work.</param>
    /// <exception cref="Kernels.DeviceException">There is no library of MPI, or not the launcher's.</exception>
    public static Company Read(ParseResult parsed, CancellationToken interruption)
    {
        bool isAsked = parsed.GetResult(Mpi) is not null && parsed.GetValue(Mpi);
        string? library = parsed.GetResult(Library) is null ? null : parsed.GetValue(Library);
        return isAsked ? Company.Of(library, interruption) : Company.Alone(interruption);
    }

    /// <summary>All that the ranks must agree on before they read anything.</summary>
    public static Fingerprint Agreed(ParseResult parsed) => new(
    [
        new("the program's version", ResultRecords.Versions.BasinVolume),
        .. OptionWords.Entries(parsed, IsOwn),
        .. Arithmetic.Entries(),
    ]);

    // Each rank may have its own device and places; the content of files and folders is compared once they are read.
    private static bool IsOwn(Option option)
        => Circumstances.LeaveNumbers(option) || option.Name == DeviceOption.Name || OptionValues.ArePaths(option);
}
