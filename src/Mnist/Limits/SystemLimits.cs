using System.Globalization;

namespace BasinVolume.Mnist.Limits;

/// <summary>The limits that the system has set this program (<c>ulimit</c>), as Linux lists them.</summary>
/// <param name="lines">The list.</param>
internal sealed class SystemLimits(string[] lines)
{
    private const string File = "/proc/self/limits";

    // The columns begin here: Limit, Soft Limit, Hard Limit, Units.
    private const int NameWidth = 26;

    /// <summary>Those of this program; none where the system has no such list.</summary>
    /// <exception cref="IOException">Not even this file can be opened.</exception>
    public static SystemLimits Read() => new(System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : []);

    /// <summary>Files that may be open at once; null if there is no limit.</summary>
    public long? OpenFiles => Of("Max open files");

    /// <summary>Bytes of addresses (<c>ulimit -v</c>); null if there is no limit.</summary>
    public long? Addresses => Of("Max address space");

    /// <summary>Bytes of memory that may be written to (<c>ulimit -d</c>); null if there is no limit.</summary>
    public long? Data => Of("Max data size");

    private long? Of(string name)
    {
        foreach (string line in lines)
        {
            if (line.Length > NameWidth && line.AsSpan(0, NameWidth).TrimEnd().SequenceEqual(name)
                && line[NameWidth..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [string soft, ..]
                && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long most))
                return most;
        }

        return null;
    }
}
