using System.Runtime.InteropServices;

namespace BasinVolume.Mnist.Limits;

/// <summary>Limits that the system tells of by a signal, which would end the program where it stands.</summary>
internal static class SignalledLimits
{
    /// <summary>The processor time that is allowed (<c>ulimit -t</c>) is used up; the same number on Linux and macOS.</summary>
    public const PosixSignal ProcessorTime = (PosixSignal)24;

    // A file is to be longer than is allowed (ulimit -f).
    private const PosixSignal FileLength = (PosixSignal)25;

    /// <summary>Makes a file that would be too long an error of the one who writes it.</summary>
    /// <returns>To be disposed of at the end of the program.</returns>
    public static IDisposable? HeedFileLength()
        => OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileLength, context => context.Cancel = true);
}
