using System.Globalization;
using BasinVolume.Kernels;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The terminals that the program writes to: results to the standard output, what goes on meanwhile to the standard error stream.</summary>
public static class Terminals
{
    // A file or a pipe has no width of its own: tables need one, and a sentence is one line there, which programs look for.
    private const int WidthOfTables = 100, WidthOfLines = 100_000;

    // Narrower than a name and a number nothing can be read.
    private const int LeastWidth = 40;

    /// <summary>A terminal that nobody sees.</summary>
    public static IAnsiConsole Silent() => Of(TextWriter.Null, isRedirected: true, WidthOfTables);

    /// <summary>A stream for what goes on: with live progress if it is a terminal, otherwise plain lines.</summary>
    public static IAnsiConsole Meanwhile(TextWriter stream) => Of(stream, IsRedirected(stream), WidthOfLines);

    /// <summary>A stream for tables: with bold titles if it is a terminal, otherwise plain lines.</summary>
    public static IAnsiConsole Tables(TextWriter stream) => Of(stream, IsRedirected(stream), WidthOfTables);

    // What is none of the process's own streams is nobody's terminal.
    private static bool IsRedirected(TextWriter stream)
        => stream == Console.Error ? Console.IsErrorRedirected : stream != Console.Out || Console.IsOutputRedirected;

    private static IAnsiConsole Of(TextWriter stream, bool isRedirected, int widthOfPipe)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(stream),
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        console.Profile.Width = Math.Max(LeastWidth, WidthAsked() ?? (isRedirected ? widthOfPipe : console.Profile.Width));
        console.Pipeline.Attach(new PrintableOutput());
        return console;
    }

    // What shells call the width of their terminal; who sets it for a pipe means the pipe.
    private static int? WidthAsked()
        => int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0
            ? columns
            : null;

    /// <summary>Makes every text that is shown printable, wherever it came from; what steers the terminal is the library's own.</summary>
    private sealed class PrintableOutput : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables)
            => renderables.Select(renderable => new PrintableRenderable(renderable));
    }

    private sealed class PrintableRenderable(IRenderable shown) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => shown.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
            => shown.Render(options, maxWidth).Select(
                segment => segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(Printable.Text(segment.Text), segment.Style));
    }
}
