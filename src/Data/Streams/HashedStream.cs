using System.Security.Cryptography;

namespace BasinVolume.Data.Streams;

/// <summary>A stream that is read once from its beginning, with SHA-256 of what comes out.</summary>
/// <param name="content">Where bytes come from; it is not closed.</param>
internal sealed class HashedStream(Stream content) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <summary>How many bytes came.</summary>
    public override long Position
    {
        get => At;
        set => throw new NotSupportedException();
    }

    private long At { get; set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = content.Read(buffer);
        _hash.AppendData(buffer[..count]);
        At += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads up to a place and leaves out what is there.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public void SkipTo(long place)
    {
        var piece = new byte[1 << 16];
        while (At < place)
            ReadExactly(piece.AsSpan(0, (int)Math.Min(piece.Length, place - At)));
    }

    /// <summary>Reads what is left.</summary>
    /// <returns>SHA-256 of all that came, as 64 lower-case hexadecimal digits.</returns>
    public string Finish()
    {
        var piece = new byte[1 << 16];
        while (Read(piece) > 0)
        {
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
