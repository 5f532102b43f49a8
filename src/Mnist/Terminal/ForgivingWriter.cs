using System.Text;

namespace BasinVolume.Mnist.Terminal;

/// <summary>Writes to a standard stream until that fails, and from then on to nothing.</summary>
/// <param name="descriptor">The stream's number.</param>
/// <param name="stream">What writes to it.</param>
internal sealed class ForgivingWriter(int descriptor, TextWriter stream) : TextWriter
{
    // In the kernel's words (octal): closed when another program takes the process over. So no such file came from whoever started this program.
    private const int CloseOnExecution = 0x80000;

    private readonly bool _inherited = IsInherited(descriptor);

    /// <summary>Whether something could not be written.</summary>
    public bool Failed { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => stream.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => stream.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => stream.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => stream.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => stream.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_inherited)
            Try(stream.Flush);
    }

    private void Try(Action write)
    {
        if (Failed)
            return;
        try
        {
            if (_inherited)
                write();
            else
                Failed = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failed = true;
        }
    }

    private static bool IsInherited(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            string flags = File.ReadLines(FormattableString.Invariant($"/proc/self/fdinfo/{descriptor}")).First(
                line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt64(flags["flags:".Length..].Trim(), 8) & CloseOnExecution) == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc there is nothing to be known; with it, a closed stream has no such file.
            return !Directory.Exists("/proc/self/fdinfo");
        }
    }
}
