using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Terminal;

namespace BasinVolume.Mnist;

/// <summary>The program: parses the command line, runs a command, and turns whatever happens into an exit code and one sentence.</summary>
public static class Program
{
    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Main(string[] args)
    {
        if (OpenFiles.Shortage() is { } shortage)
        {
            OpenFiles.Say(shortage);
            return ExitCodes.Data;
        }

        return RunSaying(args);
    }

    // What is on disk counts. Where that is whole, but not all could be said, the exit code says so.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunSaying(string[] args)
    {
        StandardStreams.Secure();
        int exitCode = Run(args).GetAwaiter().GetResult();
        return exitCode == ExitCodes.Success && StandardStreams.Failed ? ExitCodes.Data : exitCode;
    }

    private static async Task<int> Run(string[] args)
    {
        using var interruption = new Interruption();
        try
        {
            ParseResult parsed = CommandLine.Parse(args);
            // Errors and signals are handled here, so that every command ends in the same way.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (OperationCanceledException e) when (interruption.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(e is InterruptedException ? e.Message : "Interrupted; files that were finished are kept.");
            return interruption.ExitCode;
        }
        catch (Exception e)
        {
            string message = e is ExplainedException
                ? e.Message
                : $"A fault of this program, not of yours: {Printable.Message(e.Message)} Please report it, with the run's log if there is one.";
            await Console.Error.WriteLineAsync(message);
            return ExitCodes.Of(e);
        }
    }

    /// <summary>Ctrl+C and SIGTERM as a cancellation token.</summary>
    private sealed class Interruption : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly PosixSignalRegistration[] _signals;

        // Work looks at the token many times a second. What does not is waiting for something outside that may never come.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
        private Timer? _end;

        public Interruption() => _signals = [Register(PosixSignal.SIGINT, ExitCodes.Cancelled), Register(PosixSignal.SIGTERM, ExitCodes.Terminated)];

        public CancellationToken Token => _source.Token;

        public int ExitCode { get; private set; }

        public void Dispose()
        {
            foreach (PosixSignalRegistration signal in _signals)
                signal.Dispose();
            _end?.Dispose();
            _source.Dispose();
        }

        private PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            ExitCode = exitCode;
            _end ??= new Timer(_ => End(exitCode), null, Patience, Timeout.InfiniteTimeSpan);
            _source.Cancel();
        });

        private static void End(int exitCode)
        {
            if (LastWords.Begun)
                return;
            Console.Error.WriteLine("Interrupted while waiting; files that were finished are kept, and --resume goes on from the last work that was kept.");
            Environment.Exit(exitCode);
        }
    }
}
