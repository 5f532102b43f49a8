using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// How files begin in which unfinished work is kept: what kind of file it is, and of what work, as names with values, so that whoever goes on with it can say
/// what is different. The head ends with its SHA-256.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Bytes of a SHA-256.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    // More than any work is described by.
    private const int MostEntries = 10_000;

    /// <summary>The head as bytes.</summary>
    /// <param name="kind">What kind of file it is, with the number of its form.</param>
    /// <param name="work">Of what work.</param>
    public static byte[] Head(string kind, ImmutableArray<KeyValuePair<string, string>> work)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(kind);
        writer.Write(work.Length);
        foreach ((string name, string value) in work)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Flush();
        writer.Write(SHA256.HashData(stream.ToArray()));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a head; the stream is behind it afterwards.</summary>
    /// <param name="stream">The file from its beginning.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="kind">What kind of file it must be.</param>
    /// <exception cref="DataException">It is none, or its head is damaged.</exception>
    public static ImmutableArray<KeyValuePair<string, string>> ReadHead(Stream stream, string path, string kind)
    {
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            string found = reader.ReadString();
            int count = reader.ReadInt32();
            if (found != kind || count is < 0 or > MostEntries)
                throw Damaged(path);
            var entries = new KeyValuePair<string, string>[count];
            for (int i = 0; i < count; i++)
                entries[i] = new(reader.ReadString(), reader.ReadString());
            ImmutableArray<KeyValuePair<string, string>> work = [.. entries];
            return reader.ReadBytes(HashBytes).AsSpan().SequenceEqual(Head(kind, work).AsSpan()[^HashBytes..]) ? work : throw Damaged(path);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            throw Damaged(path);
        }
    }

    /// <summary>The error of a file that is not as this program wrote it.</summary>
    public static DataException Damaged(string path)
        => new($"{path} is not as this version of the program left it, so nothing can go on from it; remove it, or begin anew with --force.");
}
