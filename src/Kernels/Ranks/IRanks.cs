namespace BasinVolume.Kernels.Ranks;

/// <summary>
/// The processes that compute one answer together: each takes all steps in the same order, and has its share of those that can be parted. One thread of each
/// process calls these, and all processes make matching calls.
/// </summary>
public interface IRanks
{
    /// <summary>Which of them this process is, from 0.</summary>
    int Rank { get; }

    /// <summary>How many there are, at least 1.</summary>
    int Count { get; }

    /// <summary>How many of them share this one's machine and its memory, itself included.</summary>
    int Neighbours => 1;

    /// <summary>Sends numbers to another process, which receives as many.</summary>
    /// <param name="values">They may be overwritten when this returns.</param>
    /// <param name="rank">To whom.</param>
    void Send(ReadOnlySpan<double> values, int rank);

    /// <summary>Receives numbers that another process sends.</summary>
    /// <param name="values">Overwritten.</param>
    /// <param name="rank">From whom.</param>
    void Receive(Span<double> values, int rank);

    /// <summary>Gives the numbers of one process to all.</summary>
    /// <param name="values">Read by that process, overwritten in all others.</param>
    /// <param name="rank">Whose they are.</param>
    void Broadcast(Span<double> values, int rank);
}
