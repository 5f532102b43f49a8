using System.Collections.Immutable;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;

namespace BasinVolume.Data.Images;

/// <summary>
/// A folder of PNG, JPEG and BMP pictures with a subfolder for each class, whose names in the order of their characters are the classes; or a folder with
/// train/ and, perhaps, test/ or val/, each of that form. Hidden files are nobody's.
/// </summary>
internal sealed class ImageFormat : DataFormat
{
    /// <inheritdoc/>
    public override string Name => "images";

    /// <inheritdoc/>
    public override string Expected => "a folder of PNG, JPEG or BMP images with a subfolder for each class, or with train/ and test/ of that form";

    /// <inheritdoc/>
    public override ImmutableArray<DataOption> Options { get; } = [DataOption.Resize, DataOption.Channels];

    /// <inheritdoc/>
    public override bool Recognises(string path) => Directory.Exists(path) && ImageTree.Is(path);

    /// <inheritdoc/>
    public override DataSource Open(DataRequest request) => Directory.Exists(request.Path)
        ? ReadFaults.Explained(request.Path, () => ImageFolder.Open(request))
        : throw new DataException($"{request.Path} is no folder: expected {Expected}; give that, or say with --data-format what it is.");
}
