namespace BasinVolume.Fuzz.Tests;

/// <summary>A reader of files that someone else made.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">What its file is called in its folder.</param>
/// <param name="Valid">Files that it takes.</param>
/// <param name="Damage">Makes an input from them.</param>
/// <param name="Read">Reads the file, given its folder and its path.</param>
internal sealed record Reader(
    string Name, string File, IReadOnlyList<byte[]> Valid, Func<IReadOnlyList<byte[]>, Random, byte[]> Damage, Action<string, string> Read)
{
    // FNV-1a: the same on every machine and in every process.
    private uint Hash => Name.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u);

    /// <summary>An input by its number.</summary>
    public byte[] Input(int number) => Damage(Valid, new Random((int)(Hash + (uint)number)));
}
