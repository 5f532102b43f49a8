using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using BasinVolume.Interop;

namespace BasinVolume.Data.Streams;

/// <summary>
/// The content of a gzip file (RFC 1952): one or several members one after the other, as <c>cat a.gz b.gz</c> makes them, and nothing behind the last.
/// GZipStream takes whatever follows a member for its end, and a file that was cut for whole; here a member must end with the checksum and the length of what
/// it held.
/// </summary>
/// <param name="file">The file; can be sought in, and is closed with this.</param>
/// <param name="path">What it is called in errors.</param>
internal sealed class GzipMembers(Stream file, string path) : Stream
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    // DeflateStream takes its input in pieces of this size (and may take one more before it sees the end), and does not say how much of the last it used.
    private const int MostUnused = 2 * 8192;

    private readonly Crc32 _checksum = new();
    private DeflateStream? _member;
    private uint _length;

    // Where the member begins that is read or is to be read next, and where its data do.
    private long _at, _data;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether a file goes on as these begin; it is left where it was.</summary>
    public static bool Is(Stream file)
    {
        Span<byte> beginning = stackalloc byte[2];
        int read = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        file.Position -= read;
        return beginning[..read] is [0x1f, 0x8b];
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A member is cut or damaged, or something follows that is none.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && (_member is not null || _at < file.Length))
        {
            _member ??= Open();
            int count = _member.Read(buffer);
            if (count > 0)
            {
                _checksum.Append(buffer[..count]);
                _length += (uint)count;
                return count;
            }

            EndMember();
        }

        return 0;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
        {
            _member?.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private DeflateStream Open()
    {
        file.Position = _at;
        if (!Is(file))
            throw new DataException(
                $"{path} goes on for {file.Length - _at} bytes after its gzip data, which end at byte {_at}; fetch the file again, or cut it there.");
        SkipHeader();
        _data = file.Position;
        _checksum.Reset();
        _length = 0;
        return new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    // Ten bytes, of which the third is the method (8) and the fourth says what follows: extra bytes with their length, a name and a comment that end with 0, a
    // checksum of the header.
    private void SkipHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || header[2] != 8 || (header[3] & 0xe0) != 0)
            throw Damaged("has no readable header");
        int flags = header[3];
        if ((flags & 4) != 0)
            file.Position += NextByte() | (NextByte() << 8);
        for (int text = 8; text <= 16; text *= 2)
        {
            while ((flags & text) != 0 && NextByte() != 0)
            {
            }
        }

        file.Position += (flags & 2) != 0 ? sizeof(ushort) : 0;
        if (file.Position >= file.Length)
            throw Damaged("is cut in its header");
    }

    private int NextByte() => file.ReadByte() is >= 0 and var next ? next : throw Damaged("is cut in its header");

    // Checksum and length of what came out are known, so their eight bytes show where in the last pieces of input the member ends.
    private void EndMember()
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[sizeof(uint)..], _length);
        long first = Math.Max(_data, file.Position - MostUnused), last = Math.Min(file.Length, file.Position + TrailerLength);
        var end = new byte[last - first];
        file.Position = first;
        file.ReadExactly(end);
        int place = end.AsSpan().IndexOf(trailer);
        if (place < 0)
            throw Damaged("is cut or damaged: it does not end with the checksum and the length of what it holds");
        _at = first + place + TrailerLength;
        _member!.Dispose();
        _member = null;
    }

    private InvalidDataException Damaged(string why) => new($"the member that begins near byte {_at} {why}");
}
