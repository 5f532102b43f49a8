using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>What the program's exit code says.</summary>
public static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The computation failed: numbers that are not finite, an identity that is broken, or a fault of the program.</summary>
    public const int Failure = 1;

    /// <summary>The command line asks for something that cannot be.</summary>
    public const int Usage = 2;

    /// <summary>A file or folder is missing, damaged, or cannot be written.</summary>
    public const int Data = 3;

    /// <summary>The device is not there or cannot do what was asked.</summary>
    public const int Device = 4;

    /// <summary>The terminal was closed.</summary>
    public const int HungUp = 129;

    /// <summary>Interrupted by Ctrl+C.</summary>
    public const int Cancelled = 130;

    /// <summary>Asked to end by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>The processor time that was allowed is used up.</summary>
    public const int OutOfTime = 152;

    /// <summary>The exit code for an error.</summary>
    public static int Of(Exception error) => Ending.Cause(error) switch
    {
        OptionException or DataOptionException or DisagreementException => Usage,
        DataException or OutputException => Data,
        DeviceException or OutOfMemoryException => Device,
        _ => Failure,
    };
}
