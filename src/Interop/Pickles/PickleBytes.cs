using System.Text;

namespace BasinVolume.Interop.Pickles;

/// <summary>The bytes of a pickle, one after the other.</summary>
/// <param name="stream">Where they come from.</param>
/// <param name="length">How many there are from the stream's beginning on.</param>
/// <param name="start">How many of them are before the pickle; the stream is there already.</param>
/// <param name="source">What the file is called in errors.</param>
/// <param name="remedy">What to do about one that is cut.</param>
internal sealed class PickleBytes(Stream stream, long length, long start, string source, string remedy)
{
    // A name of a module or a class is shorter.
    private const int LongestLine = 1 << 12;

    private const int LongestPiece = 1 << 16;

    private byte[] _buffer = new byte[256];

    /// <summary>How many were taken, with those before the pickle.</summary>
    public long At { get; private set; } = start;

    /// <summary>Takes the next ones; they stay as they are until more are taken.</summary>
    /// <exception cref="DataException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > length - At)
            throw Short();
        if (_buffer.Length < count)
            _buffer = new byte[Math.Max(count, (int)Math.Min(2L * _buffer.Length, Array.MaxLength))];
        Span<byte> taken = _buffer.AsSpan(0, count);
        if (stream.ReadAtLeast(taken, count, throwOnEndOfStream: false) < count)
            throw Short();
        At += count;
        return taken;
    }

    /// <summary>Leaves the next ones out.</summary>
    /// <exception cref="DataException">There are fewer.</exception>
    public void Skip(long count)
    {
        if (count < 0 || count > length - At)
            throw Short();
        while (count > 0)
            count -= Take((int)Math.Min(count, LongestPiece)).Length;
    }

    /// <summary>Takes a text up to the end of its line.</summary>
    /// <exception cref="DataException">It has none.</exception>
    public string Line()
    {
        var line = new List<byte>();
        for (byte next; (next = Take(1)[0]) != (byte)'\n';)
        {
            if (line.Count == LongestLine)
                throw Short();
            line.Add(next);
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    /// <summary>Says that there are fewer than a length promises.</summary>
    public DataException Short() => new($"{source} has a pickle that ends too early, at byte {length}; {remedy}.");
}
