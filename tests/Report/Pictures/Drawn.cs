using System.Xml.Linq;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Report.Tests.Pictures;

/// <summary>What every picture must be, whatever it shows.</summary>
internal static class Drawn
{
    /// <summary>The dark version's file.</summary>
    public static string DarkOf(string path) => Path.ChangeExtension(path, null) + "-dark" + Path.GetExtension(path);

    /// <summary>
    /// Checks that a picture of pixels is there for light and for dark pages, equally large, with a light and a dark background, and with something on it.
    /// </summary>
    public static void AssertPixels(string path)
    {
        using Image<Rgb24> light = Image.Load<Rgb24>(path), dark = Image.Load<Rgb24>(DarkOf(path));
        Assert.Equal(light.Size(), dark.Size());
        Assert.True(light[0, 0].G > 240, "a light background");
        Assert.True(dark[0, 0].G < 40, "a dark background");
        Assert.All([light, dark], image => Assert.True(Colours(image) > 20, "something is drawn"));
    }

    /// <summary>
    /// Checks that a picture of curves is there for both, equally large, with words and with as many curves of more than a few points as expected.
    /// </summary>
    public static void AssertCurves(string path, int curves, string words)
    {
        XElement light = XDocument.Load(path).Root!, dark = XDocument.Load(DarkOf(path)).Root!;
        Assert.All([light, dark], svg => Assert.Equal(("760", "460"), (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value)));
        Assert.NotEqual(First(light, "rect").Attribute("fill")!.Value, First(dark, "rect").Attribute("fill")!.Value);
        Assert.All([light, dark], svg => Assert.Contains(
            svg.Descendants(), element => element.Name.LocalName == "text" && element.Value.Contains(words, StringComparison.Ordinal)));
        // The program's own font, whatever this machine has.
        Assert.All([light, dark], svg => Assert.All(
            svg.Descendants().Where(element => element.Name.LocalName == "text"),
            text => Assert.StartsWith("DejaVu Sans, ", text.Attribute("font-family")!.Value, StringComparison.Ordinal)));
        Assert.All([light, dark], svg => Assert.Equal(curves, svg.Descendants().Count(element => element.Name.LocalName == "path" && IsCurve(element))));
    }

    private static XElement First(XElement svg, string name) => svg.Descendants().First(element => element.Name.LocalName == name);

    // One stroke of many points; a grid has as many strokes as lines.
    private static bool IsCurve(XElement path)
        => path.Attribute("d")!.Value is var line && line.Count(c => c == 'L') > 4 && line.Count(c => c == 'M') == 1 && path.Attribute("fill")?.Value == "none";

    private static int Colours(Image<Rgb24> image)
    {
        var colours = new HashSet<Rgb24>();
        image.ProcessPixelRows(rows =>
        {
            for (int i = 0; i < rows.Height; i++)
            {
                foreach (Rgb24 pixel in rows.GetRowSpan(i))
                    colours.Add(pixel);
            }
        });
        return colours.Count;
    }
}
