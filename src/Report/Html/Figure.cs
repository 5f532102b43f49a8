using System.Buffers.Binary;
using System.Xml;
using System.Xml.Linq;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Report.Html;

/// <summary>What is said of a picture.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Explanation">How to read it.</param>
/// <param name="Seen">What is seen on it, for whoever cannot look at it.</param>
public sealed record FigureText(string Title, string Explanation, string Seen);

/// <summary>A picture of a run inside its page, in the version for dark pages too where there is one.</summary>
public static class Figure
{
    // From this width on a picture has a line of the page to itself.
    private const int Wide = 1000;

    /// <summary>The most bytes of a picture on a page.</summary>
    public const long MostBytes = 1L << 26;

    /// <summary>The figure.</summary>
    /// <param name="light">The picture's file.</param>
    /// <param name="dark">The same for dark pages; null if there is none.</param>
    /// <param name="text">What is said of it.</param>
    /// <exception cref="DataException">The file is no picture of its kind, or cannot be read.</exception>
    public static Html Of(string light, string? dark, FigureText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] content = Read(light);
        (int width, int height) = SizeOf(light, content);
        Html source = dark is null ? Html.None : Html.Of($"<source media=\"(prefers-color-scheme: dark)\" srcset=\"{DataOf(dark, Read(dark))}\">");
        Html image = Html.Of($"""<img src="{DataOf(light, content)}" width="{width}" height="{height}" alt="{text.Seen}">""");
        return Html.Of($"""
            <figure class="{(width >= Wide ? "wide" : "usual")}">
            <button type="button" class="enlarge" aria-label="Enlarge: {text.Title}"><picture>{source}{image}</picture></button>
            <figcaption><strong>{text.Title}.</strong> {text.Explanation}</figcaption>
            </figure>

            """);
    }

    private static byte[] Read(string path)
    {
        try
        {
            return InputFile.ReadAll(path, MostBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"it cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static bool IsVector(string path) => Path.GetExtension(path) == ".svg";

    private static Html DataOf(string path, byte[] content)
        => Html.Of($"data:image/{(IsVector(path) ? "svg+xml" : "png")};base64,{Convert.ToBase64String(content)}");

    // Of a PNG the two numbers that follow the name of its first part.
    private static (int Width, int Height) SizeOf(string path, byte[] content)
    {
        try
        {
            if (!IsVector(path))
                return (BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(20)));
            using var stream = new MemoryStream(content);
            XElement root = XDocument.Load(stream).Root!;
            return ((int)root.Attribute("width")!, (int)root.Attribute("height")!);
        }
        catch (Exception e) when (e is XmlException or ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new DataException("it is no picture of its kind, with a width and a height.", e);
        }
    }
}
