using System.CommandLine;
using System.Runtime.InteropServices;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist;

/// <summary>The program: parses the command line, runs a command, and turns whatever happens into an exit code and one sentence.</summary>
public static class Program
{
    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> Main(string[] args)
    {
        ParseResult parsed = CreateCommands().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{parsed.Errors[0].Message.TrimEnd('.')}. Run with --help to see what there is.");
            return ExitCodes.Usage;
        }

        using var interruption = new Interruption();
        try
        {
            // Errors and signals are handled here, so that every command ends in the same way.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted; files that were finished are kept.");
            return interruption.ExitCode;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(e is ExplainedException ? e.Message : $"A fault of this program, not of yours: {e.Message} Details are in the run's log; please report it.");
            return ExitCodes.Of(e);
        }
    }

    private static RootCommand CreateCommands()
    {
        var notebook = new NotebookCommand();
        var root = new RootCommand("From images to basin volume: trains the notebook's two models and computes Hessian, spectrum and volumes. Without a command it runs 'notebook'.");
        var named = new Command("notebook", "Train the notebook's two models and compute Hessian, spectrum and volumes.");
        notebook.AddTo(root);
        notebook.AddTo(named);
        root.Subcommands.Add(named);
        var hessian = new Command("hessian", "Compute Hessian, spectrum and volumes at weights that were trained elsewhere.");
        new HessianCommand().AddTo(hessian);
        root.Subcommands.Add(hessian);
        var spectrum = new Command("spectrum", "Eigenvalues, eigenvectors and log-determinant of anyone's symmetric matrix (--hessian) or of a run's Hessian (--run).");
        new SpectrumCommand().AddTo(spectrum);
        root.Subcommands.Add(spectrum);
        var volume = new Command("volume", "The basin's volume by every definition side by side, of a run (--run) or of anyone's Hessian (--hessian).");
        new VolumeCommand().AddTo(volume);
        root.Subcommands.Add(volume);
        var verify = new Command("verify", "Check the derivatives of a network against every exact identity that they must keep; exit code 1 if one is broken. On ilgpu-cpu take few images (--samples 5): it is a thousand times slower than cpu.");
        new VerifyCommand().AddTo(verify);
        root.Subcommands.Add(verify);
        root.Subcommands.Add(DevicesCommand.Create());
        return root;
    }

    /// <summary>Ctrl+C and SIGTERM as a cancellation token.</summary>
    private sealed class Interruption : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly PosixSignalRegistration[] _signals;

        public Interruption() => _signals = [Register(PosixSignal.SIGINT, ExitCodes.Cancelled), Register(PosixSignal.SIGTERM, ExitCodes.Terminated)];

        public CancellationToken Token => _source.Token;

        public int ExitCode { get; private set; }

        public void Dispose()
        {
            foreach (PosixSignalRegistration signal in _signals)
                signal.Dispose();
            _source.Dispose();
        }

        private PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            ExitCode = exitCode;
            _source.Cancel();
        });
    }
}
