using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The terminals that the program writes to.</summary>
public static class Terminals
{
    // Wide enough for every table: a file or a pipe has no width of its own.
    private const int WidthWithoutTerminal = 300;

    /// <summary>A terminal that nobody sees.</summary>
    public static IAnsiConsole Silent()
        => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No, Ansi = AnsiSupport.No });

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
        return console;
    }
}
