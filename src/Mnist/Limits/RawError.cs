using Microsoft.Win32.SafeHandles;

namespace BasinVolume.Mnist.Limits;

/// <summary>The standard error stream without a library.</summary>
internal static class RawError
{
    /// <summary>Says something on it.</summary>
    public static void Say(string sentence)
    {
        try
        {
            using var error = new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            error.Write(System.Text.Encoding.UTF8.GetBytes(sentence + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The exit code says it.
        }
    }
}
