using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Data.Arrays;

/// <summary>What one sample of an array is, and how it is turned.</summary>
/// <param name="Shape">Its shape as a sample of a data set.</param>
/// <param name="Elements">What its elements are.</param>
/// <param name="IsChannelsLast">Whether the array has channels last, so that each sample is turned.</param>
internal sealed record SampleForm(Shape Shape, ElementKind Elements, bool IsChannelsLast)
{
    private const int MostElements = 1 << 28;

    private static readonly int[] UsualChannels = [1, 3, 4];

    /// <summary>The form of the samples of an array.</summary>
    /// <param name="array">The array, a sample for each index of its first dimension.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <param name="order">Where channels stand; null to find out.</param>
    /// <exception cref="DataException">The array has no form that samples have.</exception>
    /// <exception cref="DataOptionException">It is said where channels are, but there are none.</exception>
    public static SampleForm Of(NpyReader array, string source, ChannelOrder? order)
    {
        if (array.Shape.Count is < 1 or > 4 || array.Shape.Contains(0))
            throw new DataException(
                $"{source} has the shape {array.Shown}: expected samples first, then features, rows and columns, or rows, columns and channels, "
                + $"none of them 0; give an array of that form.");
        if (array.Count / array.Shape[0] > MostElements)
            throw new DataException($"{source} has the shape {array.Shown}: expected at most {MostElements} elements of a sample; give smaller samples.");
        if (order is not null && array.Shape.Count != 4)
            throw new DataOptionException(
                $"{DataOption.ChannelOrder.Name} says nothing about {source} of the shape {array.Shown}, which has no dimension of channels; leave it out.");
        bool isLast = array.Shape.Count == 4 && IsLast(array, source, order);
        ElementKind elements = ElementsOf(array, source);
        return new(ShapeOf([.. array.Shape.Skip(1)], elements, isLast), elements, isLast);
    }

    private static Shape ShapeOf(int[] sizes, ElementKind elements, bool isLast) => sizes switch
    {
        [] => new Shape(1),
        [var rows, var columns] => new Shape(1, rows, columns),
        [var rows, var columns, var channels] when isLast => new Shape(channels, rows, columns),
        _ => new Shape(sizes),
    };

    // [N, H, W, C] or [N, C, H, W]: channels are one, three or four, and rows seldom are. Where neither side is, it is PyTorch's order of feature maps.
    private static bool IsLast(NpyReader array, string source, ChannelOrder? order)
    {
        if (order is { } said)
            return said == ChannelOrder.Last;
        bool mayBeFirst = UsualChannels.Contains(array.Shape[1]), mayBeLast = UsualChannels.Contains(array.Shape[3]);
        return mayBeFirst && mayBeLast
            ? throw new DataException(
                $"{source} has the shape {array.Shown}, whose channels may be its second or its last dimension; "
                + $"say it with --channels-first or --channels-last.")
            : mayBeLast;
    }

    private static ElementKind ElementsOf(NpyReader array, string source)
    {
        if (array.Type.IsByte)
            return ElementKind.Pixels;
        if (array.Type.IsReal)
            return array.Type.Size == sizeof(double) ? ElementKind.Double : ElementKind.Single;
        if (array.Type.IsBoolean)
            return ElementKind.Single;
        return array.Shape.Count == 2
            ? ElementKind.Tokens
            : throw new DataException(
                $"{source} holds {array.Type.Name} in the shape {array.Shown}: expected uint8 levels of images or real numbers; "
                + $"save it as uint8, float32 or float64.");
    }
}
