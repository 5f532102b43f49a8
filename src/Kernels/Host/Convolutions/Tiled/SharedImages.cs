namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>Parts that lay something out once for all entries that share it: images, or blocks of them, of one entry or of all.</summary>
/// <param name="Entries">V.</param>
/// <param name="Images">How many an entry has.</param>
/// <param name="AreShared">Whether all entries have the same ones.</param>
internal readonly record struct SharedImages(int Entries, int Images, bool AreShared)
{
    /// <summary>Number of parts.</summary>
    public int Parts => Images * (AreShared ? Math.Min(Entries, 1) : Entries);

    /// <summary>The image that a part lays out, and the entries that it is for.</summary>
    public (int First, int End, int Image) Of(int part)
    {
        (int entry, int image) = Math.DivRem(part, Images);
        return (entry, AreShared ? Entries : entry + 1, image);
    }
}
