using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Streams;

/// <summary>What goes wrong while a file is read, as sentences.</summary>
internal static class ReadFaults
{
    /// <summary>Reads, and explains what the system or a decoder says of it.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="path">The file or folder.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="DataException">It could not be read, or is damaged.</exception>
    public static T Explained<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException e)
        {
            throw new DataException($"{path} is cut: it ends before what it announces; fetch it again.", e);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path} is damaged ({Printable.Name(e.Message.TrimEnd('.'))}); fetch it again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give data that exists and that you may read.", e);
        }
    }
}
