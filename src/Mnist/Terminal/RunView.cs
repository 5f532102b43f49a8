using System.Diagnostics;
using BasinVolume.Basins;
using BasinVolume.Report.Findings;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>Shows a run while it goes on; everything said is in the log too, if there is one.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="log">Where it is kept; null for a run that keeps nothing.</param>
public sealed class RunView(IAnsiConsole console, RunLog? log = null) : IRunView
{
    private readonly StageLine _line = new(console);

    /// <summary>For what is done while a stage of the run is shown: nothing but when it was done, and how long it took.</summary>
    public IStages Aside => new Beside(this);

    /// <inheritdoc/>
    public void Say(string line)
    {
        log?.Write(line);
        _line.Say(line);
    }

    /// <inheritdoc/>
    public void Tell(string state)
    {
        log?.Write(state);
        _line.Tell(state);
    }

    /// <inheritdoc/>
    public TResult During<TResult>(string name, Func<IProgress<double>, TResult> stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        log?.Write($"{name} …");
        long start = Stopwatch.GetTimestamp();
        TResult result = _line.During(name, stage);
        LogDone(name, start);
        return result;
    }

    private void LogDone(string name, long start) => log?.Write(FormattableString.Invariant($"{name}: {Stopwatch.GetElapsedTime(start).TotalSeconds:f2} s"));

    private sealed class Beside(RunView view) : IStages
    {
        public TResult During<TResult>(string name, Func<IProgress<double>, TResult> stage)
        {
            long start = Stopwatch.GetTimestamp();
            TResult result = stage(new NoProgress());
            view.LogDone(name, start);
            return result;
        }
    }

    private sealed class NoProgress : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
