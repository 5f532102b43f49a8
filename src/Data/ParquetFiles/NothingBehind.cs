namespace BasinVolume.Data.ParquetFiles;

/// <summary>
/// A file whose end is an error to go beyond: the library takes the end for one more byte, and of a damaged file it then reads bytes without end.
/// </summary>
/// <param name="file">The file; it is not closed.</param>
internal sealed class NothingBehind(Stream file) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <inheritdoc/>
    /// <exception cref="EndOfStreamException">There is nothing left.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = file.Read(buffer);
        return count > 0 || buffer.IsEmpty ? count : throw new EndOfStreamException($"it ends at byte {file.Length}, where more was expected");
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
