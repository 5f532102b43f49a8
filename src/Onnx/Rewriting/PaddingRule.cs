using BasinVolume.Kernels;
using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>Zeros around an image are the padding of the convolution, or of the average, that takes it.</summary>
internal static class PaddingRule
{
    /// <summary>The rule.</summary>
    public static Value? Apply(Value value, IReadOnlyList<int> uses)
    {
        if (value.Inputs is not [{ Layer: PadPart pad, Inputs: [var image] }])
            return null;
        Layer? padded = value.Layer switch
        {
            ConvolutionLayer convolution => convolution with { Windows = Padded(convolution.Windows, pad) },
            AveragePoolLayer pool when CanCount(pool) => new AveragePoolLayer(Padded(pool.Windows, pad), CountPadding: true),
            _ => null,
        };
        return padded is null ? null : Value.Of(value.Node!, padded, image);
    }

    // Padding of its own that does not count would be lost among that which does; and where a last part of a window counts depends on where the image ends.
    private static bool CanCount(AveragePoolLayer pool)
        => new[] { pool.Windows.Rows, pool.Windows.Columns }.All(window => !window.Ceil && (pool.CountPadding || window is { Before: 0, After: 0 }));

    private static Windows Padded(Windows windows, PadPart pad)
        => new(Padded(windows.Rows, pad.Before.Rows, pad.After.Rows), Padded(windows.Columns, pad.Before.Columns, pad.After.Columns));

    private static Window Padded(Window window, int before, int after) => window with { Before = window.Before + before, After = window.After + after };
}
