using BasinVolume.Kernels;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The terminals that the program writes to.</summary>
public static class Terminals
{
    // Wide enough for every table: a file or a pipe has no width of its own.
    private const int WidthWithoutTerminal = 300;

    /// <summary>A terminal that nobody sees.</summary>
    public static IAnsiConsole Silent()
        => AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No, Ansi = AnsiSupport.No });

    /// <summary>The standard error stream: with colours and live progress if it is a terminal, otherwise plain lines.</summary>
    public static IAnsiConsole StandardError()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (Console.IsErrorRedirected)
            console.Profile.Width = WidthWithoutTerminal;
        console.Pipeline.Attach(new PrintableOutput());
        return console;
    }

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
