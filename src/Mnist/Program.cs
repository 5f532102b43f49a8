using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Limits;
using BasinVolume.Mnist.Terminal;

namespace BasinVolume.Mnist;

/// <summary>The program: parses the command line, runs a command, and turns whatever happens into an exit code and one sentence.</summary>
public static class Program
{
    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Main(string[] args)
    {
        try
        {
            var limits = SystemLimits.Read();
            var memory = new Memory(limits, Environment.ProcessorCount);
            if (OpenFiles.Shortage(limits) is { } few)
                return Refuse(few, ExitCodes.Data);
            if (memory.Shortage is { } little)
                return Refuse(little, ExitCodes.Device);
            memory.LimitHeap();
        }
        catch (IOException)
        {
            // Not even the file that says how many.
            return Refuse(OpenFiles.None, ExitCodes.Data);
        }

        return RunSaying(args);
    }

    private static int Refuse(string sentence, int exitCode)
    {
        RawError.Say(sentence);
        return exitCode;
    }

    // What is on disk counts. Where that is whole, but not all could be said, the exit code says so.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunSaying(string[] args)
    {
        StandardStreams.Secure();
        using IDisposable? heeded = SignalledLimits.HeedFileLength();
        int exitCode = Run(args, Console.Out, Console.Error).GetAwaiter().GetResult();
        if (exitCode != ExitCodes.Success || !StandardStreams.Failed)
            return exitCode;
        // It may be heard, if it was the other stream.
        Console.Error.WriteLine("The standard output could not be written to its end; files of results are whole.");
        return ExitCodes.Data;
    }

    /// <summary>Runs one command in this process as it is, which may be that of tests.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where results are shown.</param>
    /// <param name="error">Where it is said what goes on, and what went wrong.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    internal static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        using var interruption = new Interruption();
        Company? company = null;
        try
        {
            ParseResult parsed = CommandLine.Parse(args);
            company = interruption.Company = MpiOption.Read(parsed, interruption.Token);
            Agreement.Demand(company.Ranks, () => MpiOption.Agreed(parsed));
            // Errors and signals are handled here, so that every command ends in the same way.
            var configuration = new Invocation(company)
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            };
            int exitCode = await parsed.InvokeAsync(configuration, company.Cancellation);
            company.Leave();
            return exitCode;
        }
        catch (OperationCanceledException e) when (interruption.Token.IsCancellationRequested || company?.Cancellation.IsCancellationRequested == true)
        {
            company?.AwaitEnd();
            return End(e is InterruptedException ? e.Message : "Interrupted; files that were finished are kept.", interruption.ExitCode);
        }
        catch (Exception e)
        {
            string fault = Printable.Message(Ending.Cause(e).Message);
            string sentence = Ending.Explanation(e)
                ?? $"A fault of this program, not of yours: {fault} Please report it, with the run's log if there is one.";
            return End(sentence, ExitCodes.Of(e));
        }

        int End(string sentence, int exitCode)
        {
            if (company is not null)
                company.End(error, sentence, exitCode);
            else if (args.Contains(MpiOption.Name))
                Company.SayBefore(error, sentence);
            else
                error.WriteLine(sentence);
            return exitCode;
        }
    }

    /// <summary>Ctrl+C, SIGTERM, a closed terminal and processor time that is used up as a cancellation token.</summary>
    private sealed class Interruption : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly PosixSignalRegistration[] _signals;

        // Work looks at the token many times a second. What does not is waiting for something outside that may never come.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
        private Timer? _end;

        public Interruption() => _signals =
        [
            Register(PosixSignal.SIGINT, ExitCodes.Cancelled),
            Register(PosixSignal.SIGTERM, ExitCodes.Terminated),
            Register(PosixSignal.SIGHUP, ExitCodes.HungUp),
            .. OperatingSystem.IsWindows() ? (PosixSignalRegistration[])[] : [Register(SignalledLimits.ProcessorTime, ExitCodes.OutOfTime)],
        ];

        public CancellationToken Token => _source.Token;

        public int ExitCode { get; private set; }

        /// <summary>Who ends with this process; null before that is known.</summary>
        public Company? Company { get; set; }

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

        private void End(int exitCode)
        {
            if (LastWords.Begun)
                return;
            const string Sentence = "Interrupted while waiting; files that were finished are kept, and --resume goes on from the last work that was kept.";
            if (Company is { } company)
                company.End(Console.Error, Sentence, exitCode);
            else
                Console.Error.WriteLine(Sentence);
            Environment.Exit(exitCode);
        }
    }
}
