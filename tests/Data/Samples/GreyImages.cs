using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;

namespace BasinVolume.Data.Tests.Samples;

/// <summary>Grey images in ten classes, normalised with MNIST's constants.</summary>
internal static class GreyImages
{
    public static Dataset Of(byte[] levels, byte[] labels, int rows, int columns)
    {
        var layout = new DataLayout(new Shape(1, rows, columns), ElementKind.Pixels) { Classes = IntegerClasses.Numbered(0, 10).Names };
        return Dataset.OfPixels(layout, levels, Array.ConvertAll(labels, label => (int)label)).With(Normalization.Mnist);
    }
}
