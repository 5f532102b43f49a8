using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// A journal in a file.
/// <code>
/// head      what work it is of (CheckpointFile)
/// records   SHA-256 of the question, number of elements, elements (float64, little-endian), SHA-256 of all these
/// </code>
/// Each answer is given to the system when it is there, so that a killed process loses none, and is flushed to the disk when a minute has passed. A last record
/// that is not whole is cut off. A question that is not the next of the journal ends it: what follows is computed, and is right in any case.
/// </summary>
/// <remarks>One thread asks. The file is this process's alone, as its folder is.</remarks>
public sealed class JournalFile : IDisposable
{
    private const string Kind = "BasinVolume journal 1";
    private const int HeadBytes = CheckpointFile.HashBytes + sizeof(long);

    private readonly CheckpointFolder _folder;
    private readonly string _path;
    private readonly ImmutableArray<KeyValuePair<string, string>> _work;
    private readonly byte[] _recordHead = new byte[HeadBytes];
    private FileStream? _file;
    private bool _replays;
    private long _flushed = Stopwatch.GetTimestamp();

    /// <summary>
    /// The journal of that name of an unfinished run, which is read from its first answer on, or a new one, which has no file before its first answer.
    /// </summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="work">Of what work it is; it must be that of the journal that is there (<see cref="WorkOf"/>).</param>
    /// <exception cref="DataException">There is one, and its head is damaged.</exception>
    /// <exception cref="OutputException">It cannot be opened.</exception>
    public JournalFile(CheckpointFolder folder, string name, ImmutableArray<KeyValuePair<string, string>> work)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, _path, _work) = (folder, folder.PathOf(name), work);
        if (!File.Exists(_path))
            return;
        _file = Open();
        _replays = true;
        CheckpointFile.ReadHead(_file, _path, Kind);
    }

    /// <summary>Whether the next answer may be there.</summary>
    public bool Replays => _replays;

    /// <summary>Answers that were taken from the unfinished run.</summary>
    public long Taken { get; private set; }

    /// <summary>Of what work a journal is; null if there is none.</summary>
    /// <exception cref="DataException">Its head is damaged.</exception>
    public static ImmutableArray<KeyValuePair<string, string>>? WorkOf(CheckpointFolder folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.HeadOf(name, Kind);
    }

    /// <summary>Takes the answer of a question from the journal, if it is the next one.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Receives the answer; where there is none it holds anything afterwards.</param>
    /// <exception cref="OutputException">It cannot be read.</exception>
    public bool TryTake(byte[] question, Memory<double> answer)
    {
        ArgumentNullException.ThrowIfNull(question);
        return _replays && OutputException.Guard(_path, () => Take(question, answer.Span));
    }

    /// <summary>Keeps an answer that was not there.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">Its answer.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Keep(byte[] question, ReadOnlyMemory<double> answer)
    {
        ArgumentNullException.ThrowIfNull(question);
        OutputException.Guard(_path, () => Append(question, answer.Span));
    }

    /// <summary>Leaves it for the next run.</summary>
    public void Dispose()
    {
        if (_file is null)
            return;
        using FileStream file = _file;
        _file = null;
        OutputException.Guard(_path, () => file.Flush(flushToDisk: true));
    }

    private bool Take(byte[] question, Span<double> answer)
    {
        long start = _file!.Position;
        if (TryRead(question, answer))
        {
            Taken++;
            return true;
        }

        // Torn, damaged, or another question: from here on it is written anew.
        _file.SetLength(start);
        _file.Position = start;
        _replays = false;
        return false;
    }

    private bool TryRead(byte[] question, Span<double> answer)
    {
        if (_file!.ReadAtLeast(_recordHead, HeadBytes, throwOnEndOfStream: false) < HeadBytes
            || !_recordHead.AsSpan(0, question.Length).SequenceEqual(question)
            || BinaryPrimitives.ReadInt64LittleEndian(_recordHead.AsSpan(question.Length)) != answer.Length)
            return false;
        Span<byte> bytes = MemoryMarshal.AsBytes(answer), check = stackalloc byte[CheckpointFile.HashBytes];
        return _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            && _file.ReadAtLeast(check, check.Length, throwOnEndOfStream: false) == check.Length
            && check.SequenceEqual(CheckOf(_recordHead, bytes));
    }

    private void Append(byte[] question, ReadOnlySpan<double> answer)
    {
        _file ??= Begin();
        question.CopyTo(_recordHead, 0);
        BinaryPrimitives.WriteInt64LittleEndian(_recordHead.AsSpan(question.Length), answer.Length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(answer);
        _file.Write(_recordHead);
        _file.Write(bytes);
        _file.Write(CheckOf(_recordHead, bytes));
        bool isDue = Stopwatch.GetElapsedTime(_flushed) >= CheckpointFolder.Interval;
        _file.Flush(isDue);
        if (isDue)
            _flushed = Stopwatch.GetTimestamp();
    }

    private FileStream Begin()
    {
        _folder.Make();
        AtomicFile.Write(_path, stream => stream.Write(CheckpointFile.Head(Kind, _work)));
        FileStream file = Open();
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private FileStream Open() => OutputException.Guard(_path, () => new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));

    private static byte[] CheckOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> elements)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(elements);
        return hash.GetHashAndReset();
    }
}
