using ScottPlot;

namespace BasinVolume.Mnist.Pictures;

/// <summary>The font of all pictures: one without serifs, which stay readable when they are small.</summary>
internal static class PictureFont
{
    private static readonly string[] Known = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Open Sans", "Segoe UI", "Helvetica", "Arial"];

    /// <summary>The first of the usual ones that this machine has.</summary>
    public static string Name { get; } = Known.FirstOrDefault(name => Fonts.GetTypeface(name, bold: false, italic: false)?.FamilyName == name) ?? Fonts.Default;

    /// <summary>An SVG that is readable on machines without that font as well.</summary>
    public static string WithSubstitutes(string svg) => svg.Replace($"font-family=\"{Name}\"", $"font-family=\"{Name}, {string.Join(", ", Known)}, sans-serif\"", StringComparison.Ordinal);
}
