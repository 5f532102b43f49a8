using System.IO.Compression;
using System.IO.Hashing;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Arrays;

/// <summary>
/// A .npz file whose arrays are read as streams, one at a time, as they are needed: it need not fit into memory, and nor need its arrays.
/// </summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    // No compressed byte stands for more in what zip files are compressed with (zlib's documentation of deflate).
    private const long MostInflation = 1032;

    private readonly string _path;
    private readonly Stream _file;
    private readonly ZipArchive _zip;

    private NpzFile(Stream file, string path)
    {
        (_file, _path) = (file, path);
        _zip = Explained(() => new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
        Names = Explained(() => (string[])[.. _zip.Entries.Select(entry => entry.FullName).Where(Npz.IsArray).Select(name => name[..^Extension.Length])]);
    }

    /// <summary>What its arrays are called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataException">It cannot be read, or is no zip file.</exception>
    public static NpzFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Stream? file = null;
        try
        {
            file = InputFile.Open(path, long.MaxValue);
            return new NpzFile(file, path);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file that exists and that you may read.", e);
            throw;
        }
    }

    /// <summary>Opens an array of a file; the file is closed with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">One of its <see cref="Names"/>.</param>
    /// <exception cref="DataException">It is damaged, or holds something else than numbers.</exception>
    public static NpyReader OpenArray(string path, string name)
    {
        NpzFile file = Open(path);
        try
        {
            return file.Array(name);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }

    private NpyReader Array(string name) => Explained(() =>
    {
        ZipArchiveEntry entry = _zip.GetEntry(name + Extension) ?? throw new InvalidDataException($"it has no {name}{Extension} any more");
        if (entry.Length > MostInflation * entry.CompressedLength)
            throw new InvalidDataException($"{name} claims {entry.Length} bytes for {entry.CompressedLength} in the file");
        return new NpyReader(new CheckedPart(this, entry), entry.Length, $"{Printable.Name(name)} in {_path}");
    });

    private T Explained<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException
            or IndexOutOfRangeException)
        {
            throw new DataException($"{_path} is a damaged zip file ({Printable.Name(e.Message.TrimEnd('.'))}); copy or save it again.", e);
        }
    }

    // A part of a zip file must have the checksum that the file says, which is known when its last byte was read.
    private sealed class CheckedPart(NpzFile file, ZipArchiveEntry entry) : Stream
    {
        private readonly Stream _part = entry.Open();
        private readonly Crc32 _checksum = new();
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => entry.Length;

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int count = _part.Read(buffer);
            _checksum.Append(buffer[..count]);
            _read += count;
            return _read == entry.Length && count > 0 && _checksum.GetCurrentHashAsUInt32() != entry.Crc32
                ? throw new InvalidDataException("its checksum is wrong")
                : count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _part.Dispose();
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
