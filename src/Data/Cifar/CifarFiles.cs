namespace BasinVolume.Data.Cifar;

/// <summary>The files of a folder or of an archive, one after the other, in the order in which they come.</summary>
internal abstract class CifarFiles
{
    /// <summary>Reads all of them.</summary>
    /// <param name="visit">Takes each; it need not read it to its end.</param>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public abstract void Visit(Action<CifarFile> visit);

    /// <summary>What is at a path.</summary>
    public static CifarFiles At(string path) => Directory.Exists(path) ? new CifarFolder(path) : new CifarArchive(path);
}

/// <summary>A file.</summary>
/// <param name="Name">What it is called, without the folders that it is in.</param>
/// <param name="Source">What it is called in errors.</param>
/// <param name="Length">Bytes that it has.</param>
/// <param name="Content">They.</param>
internal sealed record CifarFile(string Name, string Source, long Length, Stream Content);
