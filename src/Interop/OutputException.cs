using BasinVolume.Kernels;

namespace BasinVolume.Interop;

/// <summary>A result that could not be written.</summary>
/// <param name="message">One sentence: which file, why, what to do.</param>
/// <param name="inner">What caused it, if something did.</param>
public sealed class OutputException(string message, Exception? inner = null) : ExplainedException(message, inner)
{
    // EFBIG is no error of input and output to the runtime, but an argument of this name out of its range.
    private const string TooLong = "value";

    /// <summary>Does something with a file or folder, and explains what the system has against it.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="path">The file or folder.</param>
    /// <param name="action">Does it.</param>
    /// <exception cref="OutputException">The system refused.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(
                $"Cannot write {path}: {e.Message.TrimEnd('.')}; choose another output folder, or free the space and the permissions for this one.", e);
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == TooLong)
        {
            throw new OutputException(
                $"Cannot write {path}: it would be longer than a file may be there; allow longer ones (ulimit -f), or choose another output folder.", e);
        }
    }

    /// <summary>The same for something that gives nothing.</summary>
    public static void Guard(string path, Action action) => Guard(path, () =>
    {
        action();
        return true;
    });
}
