using System.Globalization;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The log of a run: every line with the seconds since it began, on disk at once, so that a killed run still tells how far it came.</summary>
public sealed class RunLog : IDisposable
{
    private readonly TextWriter _file;
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();

    /// <summary>Begins a log, in place of an earlier one.</summary>
    /// <param name="path">The file.</param>
    public RunLog(string path)
    {
        _file = TextWriter.Synchronized(new StreamWriter(path) { AutoFlush = true });
        _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz}"));
    }

    /// <summary>Adds a line.</summary>
    public void Write(string line) => _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,9:f3}  {line}"));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
