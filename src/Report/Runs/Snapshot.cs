using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BasinVolume.Interop;

namespace BasinVolume.Report.Runs;

/// <summary>
/// The state of unfinished work as one file, which is written beside the last one and then takes its place: a head (<see cref="CheckpointFile"/>), the state,
/// and the SHA-256 of both.
/// </summary>
/// <param name="folder">Where it is kept.</param>
/// <param name="name">What it is called.</param>
/// <param name="work">Of what work it is.</param>
public sealed class Snapshot(CheckpointFolder folder, string name, ImmutableArray<KeyValuePair<string, string>> work)
{
    private const string Kind = "BasinVolume snapshot 1";

    private string Path => folder.PathOf(name);

    /// <summary>Of what work the one is that is there; null if there is none.</summary>
    /// <exception cref="DataException">Its head is damaged.</exception>
    public static ImmutableArray<KeyValuePair<string, string>>? WorkOf(CheckpointFolder folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.HeadOf(name, Kind);
    }

    /// <summary>Replaces it.</summary>
    /// <param name="state">Writes the state.</param>
    /// <exception cref="OutputException">It cannot be written; the last one is still there.</exception>
    public void Write(Action<BinaryWriter> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        folder.Make();
        AtomicFile.Write(Path, stream =>
        {
            using var hash = SHA256.Create();
            using (var hashed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
            using (var writer = new BinaryWriter(hashed, Encoding.UTF8, leaveOpen: true))
            {
                writer.Write(CheckpointFile.Head(Kind, work));
                state(writer);
            }

            stream.Write(hash.Hash!);
        });
    }

    /// <summary>Reads it.</summary>
    /// <typeparam name="TState">The state.</typeparam>
    /// <param name="state">Reads the state.</param>
    /// <returns>The state; nothing if there is none.</returns>
    /// <exception cref="DataException">It is not as it was written.</exception>
    public TState? Read<TState>(Func<BinaryReader, TState> state)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!File.Exists(Path))
            return null;
        using FileStream file = File.OpenRead(Path);
        CheckWhole(file);
        file.Position = 0;
        CheckpointFile.ReadHead(file, Path, Kind);
        // The head alone ends with its hash too.
        if (file.Position > file.Length - CheckpointFile.HashBytes)
            throw CheckpointFile.Damaged(Path);
        using var reader = new BinaryReader(file, Encoding.UTF8);
        return state(reader);
    }

    private void CheckWhole(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        for (long left = file.Length - CheckpointFile.HashBytes; left > 0;)
        {
            int read = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            hash.AppendData(buffer.AsSpan(0, read));
            left -= read;
        }

        int check = file.ReadAtLeast(buffer.AsSpan(0, CheckpointFile.HashBytes), CheckpointFile.HashBytes, throwOnEndOfStream: false);
        if (!buffer.AsSpan(0, check).SequenceEqual(hash.GetHashAndReset()))
            throw CheckpointFile.Damaged(Path);
    }
}
