using System.Diagnostics;
using BasinVolume.Basins;
using BasinVolume.Report.Findings;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>
/// Shows a run on a terminal, a bar for each stage, or as plain lines where there is none; everything said is in the log too, if there is one.
/// </summary>
/// <param name="console">Where it is shown.</param>
/// <param name="log">Where it is kept; null for a run that keeps nothing.</param>
public sealed class RunView(IAnsiConsole console, RunLog? log = null) : IRunView
{
    /// <summary>For what is done while a stage of the run is shown: nothing but when it was done, and how long it took.</summary>
    public IStages Aside => new Beside(this);

    /// <inheritdoc/>
    public void Say(string line)
    {
        log?.Write(line);
        console.WriteLine(line);
    }

    /// <inheritdoc/>
    public TResult During<TResult>(string name, Func<IProgress<double>, TResult> stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        log?.Write($"{name} …");
        long start = Stopwatch.GetTimestamp();
        TResult result = console.Profile.Capabilities.Interactive ? WithBar(name, stage) : stage(new PlainProgress(console, name));
        SayDone(name, start);
        return result;
    }

    private void SayDone(string name, long start)
    {
        string done = FormattableString.Invariant($"{name}: {Stopwatch.GetElapsedTime(start).TotalSeconds:f2} s");
        log?.Write(done);
        if (!console.Profile.Capabilities.Interactive)
            console.WriteLine(done);
    }

    private TResult WithBar<TResult>(string name, Func<IProgress<double>, TResult> stage)
        => console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(name), maxValue: 1);
                TResult result = stage(new BarProgress(task));
                task.Value = 1;
                return result;
            });

    private sealed class Beside(RunView view) : IStages
    {
        public TResult During<TResult>(string name, Func<IProgress<double>, TResult> stage)
        {
            long start = Stopwatch.GetTimestamp();
            TResult result = stage(new NoProgress());
            view.SayDone(name, start);
            return result;
        }
    }

    private sealed class NoProgress : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }

    private sealed class BarProgress(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    // At most a line a second, so that a quick stage prints none.
    private sealed class PlainProgress(IAnsiConsole console, string name) : IProgress<double>
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long _last = Stopwatch.GetTimestamp();

        public void Report(double value)
        {
            if (Stopwatch.GetElapsedTime(_last).TotalSeconds < 1)
                return;
            _last = Stopwatch.GetTimestamp();
            string left = value > 0
                ? FormattableString.Invariant($", {Stopwatch.GetElapsedTime(_start).TotalSeconds * (1 - value) / value:f0} s left")
                : string.Empty;
            console.WriteLine(FormattableString.Invariant($"{name}: {100 * value:f0} %{left}"));
        }
    }
}
