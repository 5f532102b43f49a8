using System.Collections.Immutable;
using System.Globalization;
using ScottPlot;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// Vectors of all parameters, one below the other, each as the maps of its tensors. Colours are scaled tensor by tensor, so that a small tensor is seen beside
/// a large one; how much of the vector's squared length a tensor has stands beside its name.
/// </summary>
/// <param name="tensors">The tensors.</param>
public sealed class TensorSheet(ImmutableArray<TensorMaps> tensors)
{
    private const int Width = 1200;
    private const int Margin = 20;
    private const int Side = 65;
    private const int WidestMap = 240;
    private const int LowestMap = 14;
    private const int Gap = 8;
    private const int NameHeight = 20;
    private const int NumberHeight = 14;
    private const int TitleHeight = 30;

    // Wide enough for a character of a name at its size.
    private const double CharacterWidth = 7;
    private const int MostMaps = 32;

    /// <summary>Pixels of a sheet.</summary>
    /// <param name="vectors">How many vectors are on it.</param>
    public PixelSize SizeFor(int vectors) => new(Width, (2 * Margin) + TitleHeight + (vectors * HeightOfVector));

    private int HeightOfVector => TitleHeight + Places().Max(place => place.Bottom) + Gap;

    /// <summary>Draws a sheet.</summary>
    /// <param name="theme">In which palette.</param>
    /// <param name="title">What stands above.</param>
    /// <param name="vectors">The vectors, each with what stands above it.</param>
    public Plot Draw(Theme theme, string title, IReadOnlyList<(string Title, double[] Vector)> vectors)
    {
        var canvas = new PixelCanvas(theme, SizeFor(vectors.Count));
        canvas.Words(title, new(Margin, Margin), Alignment.UpperLeft, 16);
        for (int v = 0; v < vectors.Count; v++)
        {
            int top = Margin + TitleHeight + (v * HeightOfVector);
            canvas.Words(vectors[v].Title, new(Margin, top), Alignment.UpperLeft, 14);
            foreach (Place place in Places())
                Draw(canvas, theme, place, vectors[v].Vector, top + TitleHeight);
        }

        return canvas.Plot;
    }

    private static void Draw(PixelCanvas canvas, Theme theme, Place place, double[] vector, int top)
    {
        TensorMaps tensor = place.Tensor;
        double share = Squares(tensor.Part(vector)) / Squares(vector);
        string left = tensor.Count > MostMaps ? F($", {MostMaps} of {tensor.Count}") : string.Empty;
        canvas.Words(F($"{tensor.Name} {100 * share:f1} %{left}"), new(place.Left, top + place.Top), Alignment.UpperLeft, 12);
        double largest = LargestMagnitude(tensor.Part(vector));
        (int width, int height) = SizeOf(tensor);
        for (int m = 0; m < Math.Min(tensor.Count, MostMaps); m++)
        {
            int x = place.Left + (m % place.PerLine * (width + Gap)), y = top + place.Top + NameHeight + (m / place.PerLine * LineHeight(tensor));
            canvas.Map(tensor.Values(vector, m), new(-largest, largest), theme.Signed, new(x, x + width, y + height, y));
            if (tensor.Count > 1)
                canvas.Words(F($"{m}"), new(x + (width / 2), y + height + 1), Alignment.UpperCenter, 11);
        }
    }

    /// <summary>Where the tensors are below the title of a vector: from left to right, and in a new line where there is no room.</summary>
    private ImmutableArray<Place> Places()
    {
        var places = ImmutableArray.CreateBuilder<Place>(tensors.Length);
        int left = Margin, top = 0, bottom = 0;
        foreach (TensorMaps tensor in tensors)
        {
            int mapWidth = SizeOf(tensor).Width + Gap, maps = Math.Min(tensor.Count, MostMaps);
            int perLine = Math.Clamp((Width - (2 * Margin)) / mapWidth, 1, maps);
            int width = Math.Max(perLine * mapWidth, (int)(CharacterWidth * (tensor.Name.Length + 8)));
            if (left > Margin && left + width > Width - Margin)
                (left, top) = (Margin, bottom);
            int end = top + NameHeight + ((maps + perLine - 1) / perLine * LineHeight(tensor));
            places.Add(new(tensor, left, top, end, perLine));
            bottom = Math.Max(bottom, end);
            left += width + Gap;
        }

        return places.ToImmutable();
    }

    private static (int Width, int Height) SizeOf(TensorMaps tensor)
    {
        int scale = Math.Max(1, Side / Math.Max(tensor.Rows, tensor.Columns));
        return (Math.Min(WidestMap, tensor.Columns * scale), Math.Clamp(tensor.Rows * scale, LowestMap, WidestMap));
    }

    private static int LineHeight(TensorMaps tensor) => SizeOf(tensor).Height + (tensor.Count > 1 ? NumberHeight : 0) + Gap;

    private static double LargestMagnitude(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static double Squares(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value * value;
        return sum;
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a tensor's maps are.</summary>
    private sealed record Place(TensorMaps Tensor, int Left, int Top, int Bottom, int PerLine);
}
