using System.Buffers;
using System.Text;

namespace BasinVolume.Kernels;

/// <summary>
/// Names of layers, tensors and models become names of files; this says which may. A name that comes from a file is checked where it is read, so that no file
/// can be written or looked for outside the folder that is meant, on any system.
/// </summary>
public static class FileName
{
    /// <summary>
    /// The most bytes of a name in UTF-8: file systems take 255, of which beginnings such as eigenvectors-, endings, and the mark of a file that is not whole
    /// yet need some.
    /// </summary>
    public const int MostBytes = 180;

    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\:*?\"<>|");

    // What Windows takes for a device, whatever follows a point.
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", "conin$", "conout$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a name cannot be a file's, as the end of a sentence that begins with the name; null if it can.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">The most bytes that it may take.</param>
    public static string? FaultOf(string name, int most = MostBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name[0] == '.')
            return name.Length == 0 ? "is empty" : "begins with a point";
        if (name.AsSpan().IndexOfAny(Separators) is var place and >= 0)
            return $"has a '{name[place]}' at position {place}";
        if (!Printable.Is(name))
            return "has characters that are not printable";
        if (Encoding.UTF8.GetByteCount(name) is var bytes && bytes > most)
            return $"takes {bytes} bytes, more than {most}";
        return Devices.Contains(BaseOf(name)) ? "is a device on some systems" : null;
    }

    /// <summary>The nearest name that can be a file's: for what is named after a file of any name.</summary>
    public static string Nearest(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var kept = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            string letter = rune.ToString();
            bool fits = !letter.AsSpan().ContainsAny(Separators) && Printable.Is(letter) && !(kept.Length == 0 && letter == ".");
            string taken = fits ? letter : "-";
            bytes += Encoding.UTF8.GetByteCount(taken);
            if (bytes > MostBytes)
                break;
            kept.Append(taken);
        }

        string nearest = kept.Length == 0 ? "-" : kept.ToString();
        return Devices.Contains(BaseOf(nearest)) ? $"-{nearest}" : nearest;
    }

    private static string BaseOf(string name) => name.Split('.')[0].TrimEnd(' ');
}
