namespace BasinVolume.Mnist.Data;

/// <summary>The training and the test images of a folder.</summary>
/// <param name="Training">The training images.</param>
/// <param name="Test">The test images.</param>
/// <param name="Sha256">
/// Per file, by its name without <c>.gz</c> (train-images-idx3-ubyte and so on): SHA-256 of the uncompressed bytes, 64 lower-case hexadecimal digits.
/// </param>
public sealed record MnistData(Dataset Training, Dataset Test, IReadOnlyDictionary<string, string> Sha256)
{
    /// <summary>How the pixels of both became inputs.</summary>
    public PixelChoice Pixels { get; init; } = PixelChoice.Usual;
}
