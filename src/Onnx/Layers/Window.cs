using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Onnx.Layers;

/// <summary>How windows lie on an image: each pair is of rows and columns.</summary>
/// <param name="Kernel">Height and width of a window.</param>
/// <param name="Stride">From one window to the next.</param>
/// <param name="Before">Padding above and to the left.</param>
/// <param name="After">Padding below and to the right.</param>
/// <param name="Dilation">From one element of a window to the next.</param>
internal sealed record Window(
    (int Rows, int Columns) Kernel,
    (int Rows, int Columns) Stride,
    (int Rows, int Columns) Before,
    (int Rows, int Columns) After,
    (int Rows, int Columns) Dilation)
{
    /// <summary>One number for both directions and all sides.</summary>
    public (int Kernel, int Stride, int Padding, int Dilation) Square()
        => Before == After && new[] { Kernel, Stride, Dilation, Before }.All(pair => pair.Rows == pair.Columns)
            ? (Kernel.Rows, Stride.Rows, Before.Rows, Dilation.Rows)
            : throw new NetworkException($"windows of unequal sides are not taken: {this}");
}
