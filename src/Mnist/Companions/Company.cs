using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Mpi;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Mnist.Companions;

/// <summary>This process and those that compute with it; alone where nobody asked for others.</summary>
internal sealed class Company
{
    // Most failures are everybody's. For so long the others leave it to the first to say so, and with one step more for each rank they never speak at once.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2), Step = TimeSpan.FromSeconds(1);

    private readonly MpiRanks? _mpi;

    private Company(IRanks ranks, int threads, CancellationToken cancellation) => (Ranks, Threads, Cancellation) = (ranks, threads, cancellation);

    private Company(MpiRanks ranks)
        : this(ranks, ThreadsOf(ranks), ranks.Cancellation) => _mpi = ranks;

    /// <summary>Who computes together.</summary>
    public IRanks Ranks { get; }

    /// <summary>Threads of this process where nobody gives their number.</summary>
    public int Threads { get; }

    /// <summary>What stops the work, at the same place in all processes.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether it is this process that speaks and writes.</summary>
    public bool IsFirst => Ranks.Rank == 0;

    /// <summary>Which of the processes on this machine this one is, from 0.</summary>
    public int LocalRank => _mpi?.LocalRank ?? 0;

    /// <summary>Who they are, for a person; null for a process alone.</summary>
    public string? Said => _mpi is null
        ? null
        : $"{Printable.Counted(_mpi.Count, "rank")} on {string.Join(", ", _mpi.Hosts.GroupBy(host => host).Select(OnHost))} by {_mpi.Library}";

    /// <summary>A process that nobody else computes with.</summary>
    /// <param name="interruption">What stops its work.</param>
    public static Company Alone(CancellationToken interruption) => new(OneRank.Alone, Environment.ProcessorCount, interruption);

    /// <summary>Those that the launcher started.</summary>
    /// <param name="library">The MPI library; null for what there is.</param>
    /// <param name="interruption">What stops the work, where this process is the first.</param>
    /// <exception cref="Kernels.DeviceException">There is no library of MPI, or not the launcher's.</exception>
    public static Company Of(string? library, CancellationToken interruption) => new(MpiRanks.Start(library, MpiLauncher.Here, interruption));

    /// <summary>The company that a command is invoked in.</summary>
    public static Company Of(ParseResult parsed)
        => parsed.InvocationConfiguration is Invocation invocation ? invocation.Company : Alone(CancellationToken.None);

    /// <summary>Waits for the others, and ends with them: what each had to do is done.</summary>
    public void Leave()
    {
        // The first may still be writing. Those that wait here leave their processors to it, as a library that ends does not.
        Ranks.AwaitFirst();
        _mpi?.Dispose();
    }

    /// <summary>Ends all processes because of a failure in this one, after its sentence was said; never returns where there are others.</summary>
    /// <param name="error">Where it is said.</param>
    /// <param name="sentence">What happened.</param>
    /// <param name="code">The exit code.</param>
    public void End(TextWriter error, string sentence, int code)
    {
        if (!IsFirst)
            Thread.Sleep(Silence + (Step * ((double)Ranks.Rank / Ranks.Count)));
        error.WriteLine(Ranks.Count == 1 ? sentence : $"Rank {Ranks.Rank} of {Ranks.Count}, on {Environment.MachineName}: {sentence}");
        _mpi?.Abort(code);
    }

    /// <summary>Waits for the first to end all, which has something to finish.</summary>
    public void AwaitEnd()
    {
        if (IsFirst)
            return;
        while (true)
            Ranks.AwaitFirst();
    }

    /// <summary>Says why a process ends that has no company yet; where a launcher started others, the first of them says it, if it is theirs too.</summary>
    /// <param name="error">Where it is said.</param>
    /// <param name="sentence">What happened.</param>
    public static void SayBefore(TextWriter error, string sentence)
    {
        MpiLauncher launcher = MpiLauncher.Here;
        if (launcher.Rank > 0)
            Thread.Sleep(Silence + (Step * ((double)launcher.Rank / (launcher.Count ?? (launcher.Rank + 1)))));
        error.WriteLine(sentence);
    }

    private static string OnHost(IGrouping<string, string> host) => $"{host.Key}{(host.Count() > 1 ? $" ({host.Count()})" : string.Empty)}";

    private static int ThreadsOf(MpiRanks ranks)
    {
        string[] texts = ranks.Texts(ThreadShare.Here().ToString());
        ImmutableArray<ThreadShare> here = [.. Enumerable.Range(0, ranks.Count).Where(rank => ranks.Hosts[rank] == ranks.Hosts[ranks.Rank])
            .Select(rank => ThreadShare.Parse(texts[rank]))];
        return ThreadShare.Threads(here, ranks.LocalRank);
    }
}

/// <summary>How a command is invoked: with the company of this process.</summary>
/// <param name="company">The company.</param>
internal sealed class Invocation(Company company) : InvocationConfiguration
{
    /// <summary>Those that compute with this process.</summary>
    public Company Company => company;
}
