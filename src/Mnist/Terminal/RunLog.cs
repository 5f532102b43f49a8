using System.Globalization;
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
    private StreamWriter? _file;

    /// <summary>Adds a line; whatever foreign text it has in it is made printable.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Write(string line)
    {
        lock (_turn)
        {
            _waiting.Add(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds,9:f3}  {Printable.Text(line)}"));
            if (folder.LogFile is { } path)
                OutputException.Guard(path, () => WriteWaiting(path));
        }
    }

    /// <summary>Adds a fault of the program, with where in its code it happened.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void WriteFault(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        foreach (string line in fault.ToString().ReplaceLineEndings("\n").Split('\n'))
            Write(line);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private void WriteWaiting(string path)
    {
        _file ??= new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
        foreach (string waiting in _waiting)
            _file.WriteLine(waiting);
        _waiting.Clear();
    }
}
