using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tables;

/// <summary>What the columns of a sample are: numbers, or the pixels of a square image.</summary>
/// <param name="Shape">The shape of a sample.</param>
/// <param name="Elements">Double or pixels.</param>
/// <param name="AreChannelsLast">Whether the three colours of a pixel stand beside each other.</param>
internal sealed record TableForm(Shape Shape, ElementKind Elements, bool AreChannelsLast)
{
    // A smaller square is more likely a table of counts.
    private const int LeastSide = 8;

    /// <summary>What is to be said of it, for a person; null for nothing.</summary>
    public string? Note => Elements == ElementKind.Pixels
        ? $"whole numbers from 0 to 255 in {Shape.Size} columns are pixels of images {string.Join(" x ", Shape.Dimensions)} (--elements numbers leaves them)"
        : null;

    /// <summary>Finds it out: as was said, as the training samples are, or by what there is.</summary>
    /// <exception cref="DataException">Pixels are wanted, and there are other numbers, or as many as no square image has.</exception>
    /// <exception cref="DataOptionException">It was said where channels stand, and there are none.</exception>
    public static TableForm Of(string path, TableScan scan, TableColumns columns, DataRequest request)
    {
        (int channels, int side) = Square(columns.Features.Length);
        bool arePixels = ArePixelsWanted(request) ?? (scan.AreLevels && side >= LeastSide);
        if (arePixels && !scan.AreLevels)
            throw new DataException($"{path} has other numbers than whole ones from 0 to 255, as pixels are; give such, or say --elements numbers.");
        if (arePixels && side == 0)
            throw new DataException(
                $"{path} has {columns.Features.Length} columns beside the {(columns.Label is null ? "targets" : "label")}: expected as many as a square image "
                + $"has, grey or in three colours; say --elements numbers.");
        if (request.Options.ChannelOrder is not null && !(arePixels && channels == 3))
            throw new DataOptionException(
                $"--channels-first and --channels-last are for images in colour, but the samples of {path} are "
                + $"{(arePixels ? "grey images" : $"{columns.Features.Length} numbers")}; leave it out.");
        return arePixels
            ? new(new Shape(channels, side, side), ElementKind.Pixels, request.Options.ChannelOrder == ChannelOrder.Last)
            : new(new Shape(columns.Features.Length), ElementKind.Double, AreChannelsLast: false);
    }

    private static bool? ArePixelsWanted(DataRequest request)
    {
        if (request.Options.Elements is { } said)
            return said == TableElements.Pixels;
        return request.Training is { } training ? training.Elements == ElementKind.Pixels : null;
    }

    // So many channels of squares of such a side; no number is both a square and three times one.
    private static (int Channels, int Side) Square(int columns)
    {
        foreach (int channels in (int[])[1, 3])
        {
            int side = (int)Math.Round(Math.Sqrt(columns / (double)channels));
            if (channels * side * side == columns)
                return (channels, side);
        }

        return (0, 0);
    }
}
