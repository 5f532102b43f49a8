using System.Collections.Immutable;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace BasinVolume.Data.Pictures;

/// <summary>A picture in colour.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Levels">Red, green and blue of each pixel, 0 to 255, row by row.</param>
/// <param name="Steps">What was done to the file's picture, in order, for a person.</param>
public sealed record ColourPicture(int Width, int Height, ImmutableArray<byte> Levels, ImmutableArray<string> Steps)
{
    private const int Colours = 3;

    /// <summary>Whether every pixel is a shade of grey.</summary>
    public bool IsGrey
    {
        get
        {
            for (int i = 0; i < Levels.Length; i += Colours)
            {
                if (Levels[i] != Levels[i + 1] || Levels[i] != Levels[i + 2])
                    return false;
            }

            return true;
        }
    }

    /// <summary>The same picture in shades of grey.</summary>
    public GreyPicture ToGrey() => new(Width, Height, [.. Planes(1)], IsGrey ? Steps : Steps.Add("colours made grey"));

    /// <summary>The same picture in another size, whatever its proportions; itself if it has that size.</summary>
    public ColourPicture Resized(int width, int height)
    {
        if ((Width, Height) == (width, height))
            return this;
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(Levels.AsSpan().ToArray(), Width, Height);
        image.Mutate(context => context.Resize(width, height));
        var levels = new byte[width * height * Colours];
        image.CopyPixelDataTo(levels);
        return new(width, height, [.. levels], Steps.Add($"resized from {Height} x {Width} to {height} x {width}"));
    }

    /// <summary>The levels channel by channel, each row by row: [channels, rows, columns].</summary>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    public byte[] Planes(int channels)
    {
        int pixels = Width * Height;
        var planes = new byte[channels * pixels];
        for (int i = 0; i < pixels; i++)
        {
            if (channels == 1)
                planes[i] = Luma(Levels[Colours * i], Levels[(Colours * i) + 1], Levels[(Colours * i) + 2]);
            for (int channel = 0; channel < channels && channels == Colours; channel++)
                planes[(channel * pixels) + i] = Levels[(Colours * i) + channel];
        }

        return planes;
    }

    /// <summary>The grey of a colour: ITU-R BT.601, as Pillow's mode L. A grey stays what it is.</summary>
    internal static byte Luma(byte red, byte green, byte blue) => (byte)Math.Round((0.299 * red) + (0.587 * green) + (0.114 * blue));
}
