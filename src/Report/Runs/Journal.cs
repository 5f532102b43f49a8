using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BasinVolume.Interop;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Report.Runs;

/// <summary>
/// The answers of a deterministic program to its expensive questions, in the order in which it asked them. Whoever runs the same program again with the journal
/// of a run that was killed has its answers at once as far as they go, and computes from there on: no state of any algorithm has to be kept, and the result has
/// the bits of a run that nobody disturbed.
/// </summary>
/// <remarks>
/// Of several processes that compute together the first has the file, and what it finds there all have: each asks the same questions in the same order, and
/// none computes what another one takes from the file.
/// </remarks>
public sealed class Journal : IDisposable
{
    private readonly JournalFile? _file;
    private readonly IRanks _ranks;

    /// <summary>A journal, closed with this.</summary>
    /// <param name="file">Where it is; null in every process but the first.</param>
    /// <param name="ranks">Who computes together; all make the same calls.</param>
    public Journal(JournalFile? file, IRanks ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        (_file, _ranks) = (file, ranks);
        Replays = ranks.OfFirst(file is { Replays: true });
    }

    /// <summary>Whether the next answer may be there.</summary>
    public bool Replays { get; private set; }

    /// <summary>A question as 32 bytes.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="about">The numbers that it is about.</param>
    public static byte[] Question(string kind, params ReadOnlySpan<ReadOnlyMemory<double>> about)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(kind.AsSpan()));
        foreach (ReadOnlyMemory<double> numbers in about)
        {
            hash.AppendData(BitConverter.GetBytes((long)numbers.Length));
            hash.AppendData(MemoryMarshal.AsBytes(numbers.Span));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Answers a question from the journal, or computes and keeps the answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Receives the answer, whatever it held.</param>
    /// <param name="compute">Computes it into <paramref name="answer"/>; what it throws is thrown on, and nothing is kept then.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Ask(byte[] question, Memory<double> answer, Action compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        if (TryTake(question, answer))
            return;
        compute();
        Keep(question, answer);
    }

    /// <summary>Takes the answer of a question from the journal, if it is the next one.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Receives the answer; where there is none it holds anything afterwards.</param>
    /// <exception cref="OutputException">It cannot be read.</exception>
    public bool TryTake(byte[] question, Memory<double> answer)
    {
        Replays = Replays && _ranks.OfFirst(_file?.TryTake(question, answer) ?? false);
        if (Replays)
            _ranks.Broadcast(answer.Span, 0);
        return Replays;
    }

    /// <summary>Keeps an answer that was not there.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Its answer.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Keep(byte[] question, ReadOnlyMemory<double> answer) => _file?.Keep(question, answer);

    /// <summary>Leaves it for the next run.</summary>
    public void Dispose() => _file?.Dispose();
}
