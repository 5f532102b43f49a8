using System.Numerics;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Training;

/// <summary>
/// Batches that are read ahead: while one chunk of samples is computed, a thread reads the next one, as numbers, into the other of two buffers.
/// As samples it is the batch whose turn it is, with the bits that it has without all this, and a plan reads it as it reads all samples: in order, one chunk
/// after the other; of a batch that several processes part, those chunks that are its own. An error in reading comes out when its chunk is asked for; nothing
/// is read behind it, nor behind the last batch.
/// </summary>
/// <remarks>
/// A chunk that the thread has not begun when its turn comes is read by the one who asks, as without the thread: one that the system keeps waiting delays
/// nobody.
/// </remarks>
/// <typeparam name="T">float or double: what the plan computes in.</typeparam>
internal sealed class BatchesAhead<T> : IOrderedSamples, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ISamples[] _batches;
    private readonly Piece[] _pieces;

    // Of each batch its first piece in a pass, and behind the last batch the number of pieces.
    private readonly int[] _firstPieces;
    private readonly int _end;
    private readonly ReadChunk<T>[] _buffers;
    private readonly Thread _reader;

    // Guards all below; pulsed when one of them changes.
    private readonly object _state = new();

    // Counted through all passes: the batch whose turn it is.
    private int _batch;

    // Pieces are counted through all passes: the one that is computed, the next that nobody has begun to read, and the last that the thread has read.
    private int _current;
    private int _next;
    private int _read;

    // Whether the current piece is read by who asks for it.
    private bool _direct;
    private bool _stopping;

    /// <summary>Begins to read.</summary>
    /// <param name="network">The network that the samples are for.</param>
    /// <param name="batches">The batches of a pass.</param>
    /// <param name="passes">How often they are gone through.</param>
    /// <param name="chunks">The samples of a batch that the plan takes at once, in the order in which it does.</param>
    /// <param name="done">Batches that are done already, of all passes.</param>
    public BatchesAhead(Network network, IEnumerable<ISamples> batches, int passes, Func<ISamples, IEnumerable<SampleRange>> chunks, int done = 0)
    {
        _batches = [.. batches];
        Piece[][] pieces = [.. _batches.Select(batch => chunks(batch).Select(range => new Piece(batch, range)).ToArray())];
        _pieces = [.. pieces.SelectMany(ofBatch => ofBatch)];
        _firstPieces = [.. Enumerable.Range(0, pieces.Length + 1).Select(batch => pieces.Take(batch).Sum(ofBatch => ofBatch.Length))];
        _end = _pieces.Length * passes;
        _batch = done - 1;
        _next = _batches.Length == 0 ? 0 : (done / _batches.Length * _pieces.Length) + _firstPieces[done % _batches.Length];
        _current = _read = _next - 1;
        int most = _pieces.Select(piece => piece.Range.Count).DefaultIfEmpty(0).Max();
        _buffers = [new(network, most), new(network, most)];
        _reader = new Thread(ReadAll) { IsBackground = true, Name = "BasinVolume reader" };
        _reader.Start();
    }

    /// <inheritdoc/>
    public int Count => Current.Count;

    /// <inheritdoc/>
    public int LabelsPerSample => Current.LabelsPerSample;

    private ISamples Current => _batches[_batch % _batches.Length];

    /// <summary>The next batch; the one before must have been read to its end.</summary>
    public ISamples Next()
    {
        _batch++;
        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Chunks are asked for out of order.</exception>
    public void Read<TNumber>(int first, Span<TNumber> inputs, Span<int> labels, Span<TNumber> targets, Span<TNumber> weights)
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    {
        int piece = Find(first);
        if (Take(piece))
            Current.Read(first, inputs, labels, targets, weights);
        else
            _buffers[piece % _buffers.Length].CopyTo(first - PieceAt(piece).Range.First, inputs, labels, targets, weights);
    }

    /// <summary>Stops reading, and waits for the end of the chunk that is being read.</summary>
    public void Dispose()
    {
        lock (_state)
        {
            _stopping = true;
            Monitor.PulseAll(_state);
        }

        _reader.Join();
    }

    // The piece of this turn that a sample is in.
    private int Find(int sample)
    {
        (int pass, int batch) = Math.DivRem(_batch, _batches.Length);
        for (int piece = _firstPieces[batch]; piece < _firstPieces[batch + 1]; piece++)
        {
            if (sample >= _pieces[piece].Range.First && sample < _pieces[piece].Range.End)
                return (pass * _pieces.Length) + piece;
        }

        throw new InvalidOperationException($"Sample {sample} of the batch was asked for, but is in none of the chunks that are read here.");
    }

    private Piece PieceAt(int number) => _pieces[number % _pieces.Length];

    // Whether the one who asks reads the piece. Several threads ask for parts of it; the first of them makes it the current one.
    private bool Take(int piece)
    {
        lock (_state)
        {
            if (piece == _current + 1)
            {
                _current = piece;
                _direct = _next == piece;
                if (_direct)
                    _next++;
                Monitor.PulseAll(_state);
            }

            if (piece != _current)
                throw new InvalidOperationException($"Chunk {piece} of all batches was asked for after chunk {_current}; they are read in order.");
            while (!_direct && _read < piece)
                Monitor.Wait(_state);
            return _direct;
        }
    }

    private void ReadAll()
    {
        while (Claim() is { } number)
        {
            Piece piece = PieceAt(number);
            bool good = _buffers[number % _buffers.Length].TryFill(piece.Batch, piece.Range.First, piece.Range.Count);
            lock (_state)
            {
                _read = number;
                Monitor.PulseAll(_state);
            }

            if (!good)
                return;
        }
    }

    // The next piece for the thread, once there is a buffer that is not in use; null when there is none left.
    private int? Claim()
    {
        lock (_state)
        {
            while (!_stopping && _next < _end && _next > _current + 1)
                Monitor.Wait(_state);
            return _stopping || _next == _end ? null : _next++;
        }
    }

    private readonly record struct Piece(ISamples Batch, SampleRange Range);
}
