using System.Collections.Immutable;
using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Arrays;

/// <summary>
/// Arrays as NumPy saves them: x and y, or x_train, y_train, x_test and y_test, in a .npz file or as .npy files of a folder; or the samples in one .npy file
/// and the labels in another.
/// </summary>
internal sealed class ArrayFormat : DataFormat
{
    private static ReadOnlySpan<byte> Npy => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <inheritdoc/>
    public override string Name => "npz";

    /// <inheritdoc/>
    public override string Expected => "a .npz file, or a folder of .npy files, with x and y or x_train, y_train, x_test and y_test";

    /// <inheritdoc/>
    public override ImmutableArray<DataOption> Options { get; } = [DataOption.ChannelOrder, DataOption.Classes, DataOption.LabelsPath];

    /// <inheritdoc/>
    public override bool Recognises(string path)
    {
        if (Directory.Exists(path))
            return ArrayNames.In(ArrayFiles.In(path).Names) is not null;
        using Stream file = InputFile.Open(path, long.MaxValue);
        var beginning = new byte[Npy.Length];
        int read = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        return beginning.AsSpan(0, read).SequenceEqual(Npy) || beginning.AsSpan(0, read).StartsWith("PK"u8);
    }

    /// <inheritdoc/>
    public override DataSource Open(DataRequest request)
    {
        if (Directory.Exists(request.Path))
            return Open(request, ArrayFiles.In(request.Path));
        if (IsSingle(request.Path))
            return Open(request, PairOf(request));
        return Open(request, new ZippedArrays(request.Path));
    }

    private static ArraySource Open(DataRequest request, IArrays arrays)
    {
        if (request.Options.LabelsPath is { } labels && request.Training is null && !IsSingle(request.Path))
            throw new DataOptionException($"--labels {labels} is for samples in one .npy file, but {request.Path} has labels of its own; leave it out.");
        ArrayNames names = ArrayNames.In(arrays.Names) ?? throw new DataException(
            $"{request.Path} has the arrays {Printable.List(arrays.Names)}: expected {ArrayNames.Expected}; save them under these names.");
        return ArraySource.Open(request, arrays, names);
    }

    private static ArrayFiles PairOf(DataRequest request)
    {
        if (request.Training is not null)
            throw new DataException(
                $"{request.Path} is one array, and nothing says the labels of these test samples; "
                + $"give a .npz file or a folder with x.npy and y.npy to --test-data.");
        return new(new Dictionary<string, string>
        {
            ["x"] = request.Path,
            ["y"] = request.Options.LabelsPath ?? throw new DataOptionException(
                $"{request.Path} is one array of samples; give the .npy file with their labels or targets with --labels."),
        });
    }

    private static bool IsSingle(string path)
    {
        try
        {
            using Stream file = InputFile.Open(path, long.MaxValue);
            var beginning = new byte[Npy.Length];
            return file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) == Npy.Length && beginning.AsSpan().SequenceEqual(Npy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
