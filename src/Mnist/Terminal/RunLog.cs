using System.Globalization;
using System.Text;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Terminal;

/// <summary>
/// The log of a run: every line with the seconds since it began, on disk at once, so that a killed run still tells how far it came.
/// What is said before the run has its folder is in it too, but on disk only then.
/// </summary>
/// <param name="folder">The run's folder.</param>
public sealed class RunLog(RunFolder folder) : IDisposable
{
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private readonly Lock _turn = new();
    private readonly List<string> _waiting = [string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz}")];
    private FileStream? _file;
    private bool _isOver;

    /// <summary>Adds a line; whatever foreign text it has in it is made printable.</summary>
    /// <exception cref="OutputException">It cannot be written; nothing is written after it.</exception>
    public void Write(string line)
    {
        lock (_turn)
        {
            if (_isOver)
                return;
            _waiting.Add(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,9:f3}  {Printable.Text(line)}"));
            // What is to become of the run is not told by a log that cannot be written: whoever is told once has to end it.
            _isOver = true;
            if (folder.LogFile is { } path)
                OutputException.Guard(path, () => WriteWaiting(path));
            _isOver = false;
        }
    }

    /// <summary>
    /// Adds why the run ended: a sentence, or where in the program's code a fault happened. A log that cannot be written is none, for what led here is told
    /// elsewhere.
    /// </summary>
    /// <param name="sentence">The sentence; null for a fault.</param>
    /// <param name="error">What ended it.</param>
    public void WriteEnd(string? sentence, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            foreach (string line in (sentence ?? error.ToString()).ReplaceLineEndings("\n").Split('\n'))
                Write(line);
        }
        catch (ExplainedException)
        {
            // Nothing is written after it.
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    // Without a buffer, in which what could not be written would stay until it cannot be written once more.
    private void WriteWaiting(string path)
    {
        _file ??= new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _file.Write(Encoding.UTF8.GetBytes(string.Concat(_waiting.Select(line => line + Environment.NewLine))));
        _waiting.Clear();
    }
}
