namespace BasinVolume.Interop.Pickles;

/// <summary>An array of bytes that stands in a pickle.</summary>
public sealed class PickledArray
{
    private readonly PickleBlob _blob;

    internal PickledArray(IReadOnlyList<int> shape, PickleBlob blob) => (Shape, _blob) = (shape, blob);

    /// <summary>The size of each dimension.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Where in the file it begins.</summary>
    public long At => _blob.At;

    /// <summary>Reads its elements one after the other.</summary>
    /// <param name="file">The file, which is where the array begins; it is not closed.</param>
    public Stream Open(Stream file) => _blob.IsText ? new CharactersAsBytes(file) : file;

    // Python 3 writes bytes, where the protocol has none, as a text of the characters 0 to 255: in UTF-8 one byte of them or two.
    private sealed class CharactersAsBytes(Stream text) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (text.ReadByte() is not (>= 0 and var first))
                    return i;
                buffer[offset + i] = first < 0x80 ? (byte)first : SecondOf(first);
            }

            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private byte SecondOf(int first) => first is 0xc2 or 0xc3 && text.ReadByte() is >= 0x80 and < 0xc0 and var second
            ? (byte)(((first & 3) << 6) | (second & 0x3f))
            : throw new InvalidDataException("a character of it is no byte");
    }
}
