using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Kernels.Mpi;

/// <summary>
/// The processes that a launcher of MPI started together. MPI can be begun once in a process, and not again after it was ended.
/// One thread makes the calls; <see cref="Abort"/> may come from any.
/// </summary>
public sealed unsafe class MpiRanks : IRanks, IDisposable
{
    // 1 GiB: some ways of transport have failed beyond 2 GiB, and no shorter message is slower for it.
    private const int MostAtOnce = 1 << 27;

    // More than any library's status has (16 to 32 bytes).
    private const int StatusWords = 16;

    private const int Tag = 1;

    // A wait of less than that gives its core to whoever wants it and asks again; a longer one sleeps, a fiftieth of it or less.
    private static readonly TimeSpan Attentive = TimeSpan.FromMilliseconds(50);

    // How long an abort waits for a call that another thread makes at the moment, and that should be over at once.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private readonly MpiLibrary _library;
    private readonly CancellationToken _interruption;
    private readonly CancellationTokenSource _agreed = new();
    private readonly Lock _turn = new();
    private long _broadcasts;
    private bool _ended;

    private MpiRanks(MpiLibrary library, CancellationToken interruption)
    {
        (_library, _interruption) = (library, interruption);
        int provided, rank, count;
        Check(Functions.InitThread(0, 0, Abi.Serialized, &provided), "MPI_Init_thread");
        Check(Functions.CommRank(Abi.World, &rank), "MPI_Comm_rank");
        Check(Functions.CommSize(Abi.World, &count), "MPI_Comm_size");
        (Rank, Count) = (rank, count);
        Hosts = [.. this.Texts(Environment.MachineName)];
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The machine of each rank, by the name that it gives itself.</summary>
    public ImmutableArray<string> Hosts { get; }

    /// <inheritdoc/>
    public int Neighbours => Hosts.Count(host => host == Hosts[Rank]);

    /// <summary>Which of the ranks on this machine this one is, from 0.</summary>
    public int LocalRank => Hosts[..Rank].Count(host => host == Hosts[Rank]);

    /// <summary>The library, as it calls itself, and where it was found.</summary>
    public string Library => $"{_library.Version} ({_library.Name})";

    /// <summary>
    /// What stops the work of all ranks at the same place: an interruption of rank 0 goes with its next broadcast to all, and counts from the end of that
    /// broadcast on. One rank that stopped alone would leave the others waiting for it.
    /// </summary>
    public CancellationToken Cancellation => _agreed.Token;

    private MpiAbi Abi => _library.Abi;

    private MpiFunctions Functions => _library.Functions;

    /// <summary>Begins.</summary>
    /// <param name="library">The library's name or path; null for what there is.</param>
    /// <param name="launcher">What the environment says.</param>
    /// <param name="interruption">What stops the work, where this is rank 0.</param>
    /// <exception cref="DeviceException">There is no library, or it is not the launcher's.</exception>
    public static MpiRanks Start(string? library, MpiLauncher launcher, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        var ranks = new MpiRanks(MpiLibrary.Find(library, launcher.Family), interruption);
        if (launcher.Count is not { } started || started == ranks.Count)
            return ranks;
        // It knows nothing of the others, so that ending it ends nobody else.
        string sentence = $"The launcher has started {started} ranks, but {ranks.Library} counts {ranks.Count}, so that it is not the launcher's own library; "
            + "start with the launcher that belongs to it, or give the launcher's library with --mpi-library.";
        ranks.Dispose();
        throw new DeviceException(sentence);
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<double> values, int rank)
    {
        fixed (double* start = values)
        {
            for (long i = 0; i < values.Length || i == 0; i += MostAtOnce)
            {
                nint request;
                lock (_turn)
                    Check(Functions.SendSoon(start + i, Piece(values.Length, i), Abi.Double, rank, Tag, Abi.World, &request), "MPI_Isend");
                Wait(request, "MPI_Isend", null);
            }
        }
    }

    /// <inheritdoc/>
    public void Receive(Span<double> values, int rank)
    {
        long* status = stackalloc long[StatusWords];
        int received;
        fixed (double* start = values)
        {
            for (long i = 0; i < values.Length || i == 0; i += MostAtOnce)
            {
                nint request;
                lock (_turn)
                    Check(Functions.ReceiveSoon(start + i, Piece(values.Length, i), Abi.Double, rank, Tag, Abi.World, &request), "MPI_Irecv");
                Wait(request, "MPI_Irecv", status);
                Check(Functions.CountOf(status, Abi.Double, &received), "MPI_Get_count");
                if (received != Piece(values.Length, i))
                    throw OutOfStep($"{Piece(values.Length, i)} numbers of rank {rank}", $"{received}");
            }
        }
    }

    /// <inheritdoc/>
    public void Broadcast(Span<double> values, int rank)
    {
        bool stop = rank == 0 && Rank == 0 && _interruption.IsCancellationRequested;
        Span<double> expected = [values.Length, ++_broadcasts, 0], header = [values.Length, _broadcasts, stop ? 1 : 0];
        BroadcastPieces(header, rank);
        if (!header[..2].SequenceEqual(expected[..2]))
            throw OutOfStep($"{expected[0]} numbers of rank {rank} in broadcast {expected[1]}", $"{header[0]} in broadcast {header[1]}");
        BroadcastPieces(values, rank);
        if (header[2] != 0)
            _agreed.Cancel();
    }

    /// <summary>Ends all ranks at once, this one too; returns only if that fails.</summary>
    /// <param name="code">The exit code.</param>
    public void Abort(int code)
    {
        bool taken = _turn.TryEnter(Turn);
        try
        {
            if (!_ended)
                Functions.Abort(Abi.World, code);
        }
        finally
        {
            if (taken)
                _turn.Exit();
        }
    }

    /// <summary>Ends: all ranks do that, and none goes on before all have.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            if (_ended)
                return;
            _ended = true;
            Check(Functions.Finish(), "MPI_Finalize");
        }

        _agreed.Dispose();
    }

    private static int Piece(int length, long beginning) => (int)Math.Min(MostAtOnce, length - beginning);

    private void BroadcastPieces(Span<double> values, int rank)
    {
        fixed (double* start = values)
        {
            for (long i = 0; i < values.Length; i += MostAtOnce)
            {
                nint request;
                lock (_turn)
                    Check(Functions.BroadcastSoon(start + i, Piece(values.Length, i), Abi.Double, rank, Abi.World, &request), "MPI_Ibcast");
                Wait(request, "MPI_Ibcast", null);
            }
        }
    }

    private void Wait(nint request, string function, long* status)
    {
        long* unread = stackalloc long[StatusWords];
        long beginning = Stopwatch.GetTimestamp();
        while (true)
        {
            int done;
            lock (_turn)
                Check(Functions.Test(&request, &done, status is null ? unread : status), function);
            if (done != 0)
                return;
            if (Stopwatch.GetElapsedTime(beginning) > Attentive)
                Thread.Sleep(1);
            else
                Thread.Yield();
        }
    }

    private void Check(int error, string function)
    {
        if (error != 0)
            throw new DeviceException($"{function} of {Library} failed with error {error} on {Environment.MachineName}; the other ranks cannot be reached.");
    }

    private InvalidOperationException OutOfStep(string expected, string got)
        => new($"Rank {Rank} expects {expected}, but gets {got}: the ranks have lost step.");
}
