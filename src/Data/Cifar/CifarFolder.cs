using BasinVolume.Kernels;

namespace BasinVolume.Data.Cifar;

/// <summary>Files of a folder.</summary>
internal sealed class CifarFolder(string path) : CifarFiles
{
    /// <inheritdoc/>
    public override void Visit(Action<CifarFile> visit)
    {
        foreach (string file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(file);
            if (!CifarFormat.IsOfSets(name))
                continue;
            using Stream content = InputFile.Open(file, long.MaxValue);
            visit(new(name, file, content.Length, content));
        }
    }
}
