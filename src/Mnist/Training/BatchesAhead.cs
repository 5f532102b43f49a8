using System.Numerics;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Mnist.Training;

/// <summary>
/// Batches that are read ahead: while one chunk of samples is computed, a thread reads the next one, as numbers, into the other of two buffers.
/// As samples it is the batch whose turn it is, with the bits that it has without all this, and a plan reads it as it reads all samples: in order, one chunk
/// after the other. An error in reading comes out when its chunk is asked for; nothing is read behind it, nor behind the last batch.
/// </summary>
/// <remarks>
/// A chunk that the thread has not begun when its turn comes is read by the one who asks, as without the thread: one that the system keeps waiting delays
/// nobody.
/// </remarks>
/// <typeparam name="T">float or double: what the plan computes in.</typeparam>
internal sealed class BatchesAhead<T> : ISamples, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Piece[] _pieces;
    private readonly int _end;
    private readonly int _chunkSize;
    private readonly ReadChunk<T>[] _buffers;
    private readonly Thread _reader;

    // Guards all below; pulsed when one of them changes.
    private readonly object _state = new();

    // Pieces are counted through all passes: the first of the batch whose turn it is, the one that is computed, the next that nobody has begun to read, and
    // the last that the thread has read.
    private int _batch;
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
    /// <param name="chunkSize">Samples that the plan takes at once.</param>
    /// <param name="done">Batches that are done already, of all passes.</param>
    public BatchesAhead(Network network, IReadOnlyList<ISamples> batches, int passes, int chunkSize, int done = 0)
    {
        _chunkSize = chunkSize;
        _pieces = [.. batches.SelectMany(batch => Pieces(batch, chunkSize))];
        _end = _pieces.Length * passes;
        _next = batches.Count == 0 ? 0 : (done / batches.Count * _pieces.Length) + batches.Take(done % batches.Count).Sum(batch => PiecesOf(batch, chunkSize));
        _current = _read = _next - 1;
        int most = _pieces.Select(piece => piece.Count).DefaultIfEmpty(0).Max();
        _buffers = [new(network, most), new(network, most)];
        _reader = new Thread(ReadAll) { IsBackground = true, Name = "BasinVolume reader" };
        _reader.Start();
    }

    /// <inheritdoc/>
    public int Count => Current.Count;

    /// <inheritdoc/>
    public int LabelsPerSample => Current.LabelsPerSample;

    private ISamples Current => PieceAt(_batch).Batch;

    /// <summary>The next batch; the one before must have been read to its end.</summary>
    public ISamples Next()
    {
        _batch = _current + 1;
        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Chunks are asked for out of order.</exception>
    public void Read<TNumber>(int first, Span<TNumber> inputs, Span<int> labels, Span<TNumber> targets, Span<TNumber> weights)
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    {
        int piece = _batch + (first / _chunkSize);
        if (Take(piece))
            Current.Read(first, inputs, labels, targets, weights);
        else
            _buffers[piece % _buffers.Length].CopyTo(first % _chunkSize, inputs, labels, targets, weights);
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

    private static IEnumerable<Piece> Pieces(ISamples batch, int size)
    {
        for (int first = 0; first < batch.Count; first += size)
            yield return new(batch, first, Math.Min(size, batch.Count - first));
    }

    private static int PiecesOf(ISamples batch, int size) => (batch.Count + size - 1) / size;

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
            bool good = _buffers[number % _buffers.Length].TryFill(piece.Batch, piece.First, piece.Count);
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

    private readonly record struct Piece(ISamples Batch, int First, int Count);
}
