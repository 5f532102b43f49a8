using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>
/// The line of the stage that is at work: in a terminal one that changes in its place and is gone when the stage is over, elsewhere a line of its own every
/// ten seconds at most. A stage that is over within a second has none.
/// </summary>
/// <param name="console">Where it is shown.</param>
internal sealed class StageLine(IAnsiConsole console)
{
    private const string Erase = "\r\e[2K";

    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1), BetweenLines = TimeSpan.FromSeconds(10), BetweenFrames = TimeSpan.FromSeconds(0.2);

    private readonly Lock _turn = new();
    private readonly bool _isLive = console.Profile.Capabilities is { Interactive: true, Ansi: true };
    private Stage? _stage;
    private bool _isDrawn;
    private long _lastLine = Stopwatch.GetTimestamp();

    /// <summary>Shows a stage while it is at work.</summary>
    public TResult During<TResult>(string name, Func<IProgress<double>, TResult> work)
    {
        var stage = new Stage(name, this);
        Stage? outer = Enter(stage);
        try
        {
            using Timer frames = new(_ => Show(), null, Quick, _isLive ? BetweenFrames : BetweenLines);
            TResult result = work(stage);
            Leave(outer, stage.Elapsed >= Quick ? FormattableString.Invariant($"{name}: {stage.Elapsed.TotalSeconds:f1} s") : null);
            return result;
        }
        catch
        {
            Leave(outer, line: null);
            throw;
        }
    }

    /// <summary>Shows what the stage at work has come to, in its line.</summary>
    public void Tell(string state)
    {
        lock (_turn)
        {
            if (_stage is not null)
                _stage.State = state;
        }
    }

    /// <summary>Shows a line of its own.</summary>
    public void Say(string line)
    {
        lock (_turn)
        {
            Clear();
            Write(line);
        }
    }

    private Stage? Enter(Stage stage)
    {
        lock (_turn)
        {
            Stage? outer = _stage;
            _stage = stage;
            return outer;
        }
    }

    private void Leave(Stage? outer, string? line)
    {
        lock (_turn)
        {
            Clear();
            _stage = outer;
            if (line is not null)
                Write(line);
        }
    }

    private void Show()
    {
        lock (_turn)
        {
            if (_stage is not { } stage || stage.Elapsed < Quick)
                return;
            if (_isLive)
                Draw(stage.Said);
            else if (stage.IsTelling && Stopwatch.GetElapsedTime(_lastLine) >= BetweenLines)
                Write(stage.Said);
        }
    }

    // A line as wide as the terminal would go on in the next one.
    private void Draw(string line)
    {
        console.Profile.Out.Writer.Write(Erase + WrappedText.Wrap(line, console.Profile.Width - 1)[0]);
        console.Profile.Out.Writer.Flush();
        _isDrawn = true;
    }

    private void Clear()
    {
        if (_isDrawn)
            console.Profile.Out.Writer.Write(Erase);
        _isDrawn = false;
    }

    private void Write(string line)
    {
        foreach (string part in WrappedText.Wrap(line, console.Profile.Width))
            console.WriteLine(part);
        _lastLine = Stopwatch.GetTimestamp();
    }

    private sealed class Stage(string name, StageLine line) : IProgress<double>
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private readonly RemainingTime _rest = new();

        public string? State { get; set; }

        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

        // Whether there is more to say than that it takes long.
        public bool IsTelling => State is not null || _rest.Share > 0;

        public string Said => string.Join(", ", new[]
        {
            _rest.Share > 0 ? string.Create(CultureInfo.InvariantCulture, $"{name}: {100 * _rest.Share:f0} %") : $"{name}: {Clock(Elapsed)}",
            State,
            _rest.Left is { } left ? $"{Clock(left)} left" : null,
        }.OfType<string>());

        public void Report(double value)
        {
            lock (line._turn)
                _rest.Report(value, Elapsed);
        }

        private static string Clock(TimeSpan time) => time.TotalMinutes < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
    }
}
