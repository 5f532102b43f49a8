using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Streams;
using BasinVolume.Interop;

namespace BasinVolume.Data.Cifar;

/// <summary>The samples of a file: how many, and how they are found in it.</summary>
internal abstract class CifarBatch
{
    /// <summary>Channels of an image.</summary>
    public const int Channels = 3;

    /// <summary>Rows and columns of an image.</summary>
    public const int Side = 32;

    /// <summary>Bytes of an image: its channels red, green and blue, each row by row.</summary>
    protected const int ImageBytes = Channels * Side * Side;

    /// <summary>Number of samples.</summary>
    public required int Count { get; init; }

    /// <summary>Finds out what a file has, without its images.</summary>
    /// <exception cref="DataException">It is none of a set, or damaged.</exception>
    public static CifarBatch Open(CifarFile file, CifarSet set, CifarLabel label)
        => set.IsPickled ? PickledCifarBatch.Of(file, label) : BinaryCifarBatch.Of(file, set, label);

    /// <summary>Streams the samples.</summary>
    /// <param name="file">The file; read to its end.</param>
    /// <param name="first">The place of its first sample in the whole set.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="keeper">Takes them.</param>
    /// <returns>SHA-256 of the file.</returns>
    public string Read(CifarFile file, int first, IntegerClasses classes, SampleKeeper keeper)
    {
        using var content = new HashedStream(file.Content);
        Read(file, content, first, classes, keeper);
        return content.Finish();
    }

    /// <summary>Streams the samples out of the file.</summary>
    protected abstract void Read(CifarFile file, HashedStream content, int first, IntegerClasses classes, SampleKeeper keeper);
}
