using System.Globalization;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using ScottPlot;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// A Hessian as a map of colours on a signed logarithmic scale, with a line where a tensor of parameters ends and the next one begins.
/// A matrix with more rows than <see cref="LargestSide"/> is shown by the element of largest magnitude in each square block, so that nothing large is lost;
/// a small one has several pixels for each element.
/// </summary>
public static class HessianPicture
{
    /// <summary>Powers of ten between the largest element and the background.</summary>
    public const double Decades = 6;

    /// <summary>Pixels of the map's side, at most.</summary>
    public const int LargestSide = 640;

    /// <summary>Pixels left of the map, where the names of the tensors are.</summary>
    public const int Left = 130;

    /// <summary>Pixels above the map.</summary>
    public const int Top = 44;

    private const int Right = 24;
    private const int Bottom = 62;
    private const int KeyWidth = 300;
    private const int LabelHeight = 17;

    /// <summary>How many pixels of the map's side a row of the matrix has: a whole number, or one over a whole number.</summary>
    /// <param name="order">n of the matrix, at least 1.</param>
    public static double PixelsPerRow(int order) => order > LargestSide ? 1.0 / BlockOf(order) : LargestSide / order;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="name">What the matrix is called.</param>
    /// <param name="matrix">[n, n].</param>
    /// <param name="parameters">Which rows belong to which tensor.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, Matrix matrix, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(parameters);
        double[,] strengths = Strengths(matrix, out double largest);
        int side = strengths.GetLength(0) * (int)Math.Max(1, PixelsPerRow(matrix.Rows));
        PictureFile.Write(path, new(Left + Math.Max(side, KeyWidth) + Right, Top + side + Bottom), theme => Draw(
            theme, name, strengths, largest, side, matrix.Rows, parameters));
    }

    private static int BlockOf(int order) => (order + LargestSide - 1) / LargestSide;

    private static Plot Draw(Theme theme, string name, double[,] strengths, double largest, int side, int order, IReadOnlyList<Parameter> parameters)
    {
        var canvas = new PixelCanvas(theme, new(Left + Math.Max(side, KeyWidth) + Right, Top + side + Bottom));
        canvas.Words($"{name}: Hessian, {order} x {order}", new(Left, 14), Alignment.UpperLeft, 16);
        canvas.Map(strengths, new(-1, 1), theme.Signed, new(Left, Left + side, Top + side, Top));
        DrawTensors(canvas, theme, side, PixelsPerRow(order), parameters);
        DrawKey(canvas, theme, largest, Top + side + 14);
        return canvas.Plot;
    }

    private static void DrawTensors(PixelCanvas canvas, Theme theme, int side, double pixelsPerRow, IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters.Skip(1))
        {
            float place = (float)(parameter.Offset * pixelsPerRow);
            canvas.Line(new(Left, Top + place), new(Left + side, Top + place));
            canvas.Line(new(Left + place, Top), new(Left + place, Top + side));
        }

        float[] middles = [.. parameters.Select(parameter => (float)(Top + ((parameter.Offset + (parameter.Size / 2.0)) * pixelsPerRow)))];
        float[] places = Apart(middles);
        for (int i = 0; i < places.Length; i++)
        {
            canvas.Words(parameters[i].Name, new(Left - 18, places[i]), Alignment.MiddleRight, 12);
            canvas.Line(new(Left - 14, places[i]), new(Left - 1, middles[i])).LineColor = theme.Neutral;
        }
    }

    // Names of thin tensors are moved down until none lies on another, and all of them up again if the last one left the picture.
    private static float[] Apart(float[] middles)
    {
        float[] places = [.. middles];
        for (int i = 1; i < places.Length; i++)
            places[i] = Math.Max(places[i], places[i - 1] + LabelHeight);
        for (int i = places.Length - 1; i >= 0; i--)
            places[i] = Math.Min(places[i], i == places.Length - 1 ? middles[i] : places[i + 1] - LabelHeight);
        return places;
    }

    private static void DrawKey(PixelCanvas canvas, Theme theme, double largest, float top)
    {
        var ramp = new double[1, KeyWidth];
        for (int i = 0; i < KeyWidth; i++)
            ramp[0, i] = (2.0 * i / (KeyWidth - 1)) - 1;
        canvas.Map(ramp, new(-1, 1), theme.Signed, new(Left, Left + KeyWidth, top + 12, top));
        canvas.Words(F($"−{largest:g3}"), new(Left, top + 18), Alignment.UpperLeft, 12);
        canvas.Words(F($"below {largest * Math.Pow(10, -Decades):g1}"), new(Left + (KeyWidth / 2), top + 18), Alignment.UpperCenter, 12);
        canvas.Words(F($"{largest:g3}"), new(Left + KeyWidth, top + 18), Alignment.UpperRight, 12);
    }

    /// <summary>
    /// How strong the colour of each block is, with the sign of its largest element: ±1 at the largest element of all, 0 at 10^−Decades of it and below.
    /// </summary>
    private static double[,] Strengths(Matrix matrix, out double largest)
    {
        int block = BlockOf(matrix.Rows), cells = (matrix.Rows + block - 1) / block;
        var strengths = new double[cells, cells];
        for (int i = 0; i < matrix.Rows; i++)
        {
            ReadOnlySpan<double> row = matrix.Row(i);
            for (int cell = 0; cell < cells; cell++)
            {
                ref double strongest = ref strengths[i / block, cell];
                foreach (double element in row[(cell * block)..Math.Min((cell + 1) * block, row.Length)])
                {
                    if (Math.Abs(element) > Math.Abs(strongest))
                        strongest = element;
                }
            }
        }

        largest = 0;
        foreach (double value in strengths)
            largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < cells; i++)
        {
            for (int j = 0; j < cells; j++)
                strengths[i, j] = largest == 0 ? 0 : Math.Sign(strengths[i, j]) * Math.Max(0, 1 + (Math.Log10(Math.Abs(strengths[i, j]) / largest) / Decades));
        }

        return strengths;
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
