using BasinVolume.Data.Formats;
using BasinVolume.Data.Pictures;
using BasinVolume.Interop;

namespace BasinVolume.Data.PictureSets;

/// <summary>The form that images have: as their headers say, or as was asked for. One header after the other is added.</summary>
/// <param name="options">What was asked: a size, a number of channels.</param>
internal sealed class ImageForm(DataOptions options)
{
    private string? _first;
    private ImageSize? _size;

    /// <summary>What is asked of test images that lie elsewhere: they follow the training images, which may be in colour where they are not.</summary>
    public static DataOptions OptionsFor(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Training is { IsImages: true, Channels: 3 } && request.Options.Channels is null
            ? request.Options with { Channels = 3 }
            : request.Options;
    }

    /// <summary>Whether one is in colour.</summary>
    public bool HasColours { get; private set; }

    /// <summary>Whether one is grey.</summary>
    public bool HasGreys { get; private set; }

    /// <summary>Channels of all.</summary>
    public int Channels => options.Channels ?? (HasColours ? 3 : 1);

    /// <summary>The size of all.</summary>
    public ImageSize Size => options.Resize ?? _size ?? throw new InvalidOperationException("No image was added.");

    /// <summary>What is done to images, for a person.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (options.Resize is { } size)
                yield return $"resized to {size.Height} x {size.Width}";
            if (Channels == 1 && HasColours)
                yield return "colours made grey";
            if (Channels == 3 && HasGreys)
                yield return "grey images have three equal channels";
        }
    }

    /// <summary>Adds an image.</summary>
    /// <param name="source">What it is called in errors.</param>
    /// <param name="header">What its file says.</param>
    /// <param name="decode">Decodes it, where its header does not say whether it has colours.</param>
    /// <exception cref="DataException">It is of another size, and nothing is said of that.</exception>
    public void Add(string source, PictureHeader header, Func<ColourPicture> decode)
    {
        _first ??= source;
        _size ??= new(header.Height, header.Width);
        CheckSize(source, header.Height, header.Width);
        // Where there are colours already, one more or less changes nothing.
        bool isGrey = header.IsGrey ?? (!HasColours && decode().IsGrey);
        HasColours |= !isGrey;
        HasGreys |= isGrey;
    }

    /// <summary>The levels of an image in that form.</summary>
    /// <exception cref="DataException">It is of another size, or has colours where none had.</exception>
    public byte[] PixelsOf(ColourPicture picture, string source)
    {
        CheckSize(source, picture.Height, picture.Width);
        if (Channels == 1 && options.Channels is null && !picture.IsGrey)
            throw new DataException($"{source} has colours, but the images before it are grey; say --channels 3, or --channels 1 to make all of them grey.");
        return picture.Resized(Size.Width, Size.Height).Planes(Channels);
    }

    private void CheckSize(string source, int height, int width)
    {
        if (options.Resize is null && _size != new ImageSize(height, width))
            throw new DataException(
                $"{source} has {height} x {width} pixels, but {_first} has {_size!.Height} x {_size.Width}: expected images of one size; "
                + $"bring them to one with --resize H,W.");
    }
}
