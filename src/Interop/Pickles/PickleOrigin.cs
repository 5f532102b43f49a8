namespace BasinVolume.Interop.Pickles;

/// <summary>What a pickle is meant to be, for errors.</summary>
/// <param name="Content">What is looked for in it: "weights".</param>
/// <param name="Usual">Who does not write what is strange in it: "torch.save does not write for tensors".</param>
/// <param name="Remedy">What to do about one that is damaged.</param>
/// <param name="LongestText">Bytes and texts that take more bytes are not kept but noted as <see cref="PickleBlob"/>.</param>
internal sealed record PickleOrigin(string Content, string Usual, string Remedy, int LongestText)
{
    private const string SaveAgain = "save it again with torch.save(model.state_dict(), path)";

    /// <summary>PyTorch's files.</summary>
    public static PickleOrigin Torch { get; } = new("weights", "torch.save does not write for tensors", SaveAgain, int.MaxValue);

    /// <summary>Dictionaries of arrays.</summary>
    public static PickleOrigin Data { get; } = new("arrays", "no dictionary of arrays needs", "fetch the file again", 1024);
}
