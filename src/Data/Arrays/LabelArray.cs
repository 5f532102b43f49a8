using System.Globalization;
using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Data.Arrays;

/// <summary>
/// What an array says of samples: whole numbers, one a sample, are labels of classes, or one for each position where samples are tokens; all other arrays are
/// real targets, vectors with a 1 at the class among them.
/// </summary>
/// <param name="Source">What the array is called in errors.</param>
/// <param name="Labels">The labels, sample by sample; empty for targets.</param>
/// <param name="LabelsPerSample">How many labels a sample has.</param>
/// <param name="Targets">The targets, sample by sample; empty for labels.</param>
/// <param name="TargetsPerSample">How many targets a sample has.</param>
internal sealed record LabelArray(string Source, long[] Labels, int LabelsPerSample, double[] Targets, int TargetsPerSample)
{
    /// <summary>Whether samples have classes.</summary>
    public bool HasClasses => Labels.Length > 0;

    /// <summary>Whether targets are real numbers that are whole, as labels are that were saved as floats.</summary>
    public bool AreWholeReals => TargetsPerSample == 1 && Array.TrueForAll(Targets, target => target >= 0 && Math.Floor(target) == target);

    /// <summary>Reads an array whole.</summary>
    /// <param name="array">The array.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="positions">Positions of a sample of tokens, each of which may have a label; 0 for samples of another kind.</param>
    /// <exception cref="DataException">It is not one row a sample, or is damaged.</exception>
    public static LabelArray Read(NpyReader array, string source, int samples, int positions)
    {
        if (array.Shape.Count is < 1 or > 2 || array.Shape.Contains(0))
            throw new DataException(
                $"{source} has the shape {array.Shown}: expected a label of each sample, [N] or [N, 1], or real targets [N, K]; give an array of that form.");
        if (array.Shape[0] != samples)
            throw new DataException($"{source} has {array.Shape[0]} rows for {samples} samples; give arrays that belong together.");
        CheckRoom(array, source);
        int columns = array.Shape.Count == 1 ? 1 : array.Shape[1];
        byte[] bytes = Rows(array, columns);
        bool areLabels = !array.Type.IsReal && (columns == 1 || columns == positions);
        if (array.Type.IsReal)
        {
            var targets = new double[array.Count];
            array.Type.ToDoubles(bytes, targets);
            return new(source, [], 1, targets, columns);
        }

        var whole = new long[array.Count];
        array.Type.ToWhole(bytes, whole);
        return areLabels ? new(source, whole, columns, [], 0) : new(source, [], 1, Array.ConvertAll(whole, value => (double)value), columns);
    }

    /// <summary>The smallest and the largest label.</summary>
    public LabelRange Range()
    {
        var range = new LabelRange(Source);
        foreach (long label in Labels)
            range.Add(label);
        return range;
    }

    // It is held, and its numbers beside it.
    private static void CheckRoom(NpyReader array, string source)
    {
        double free = HostMemory.FreeBytes(), needed = (double)array.Count * (array.Type.Size + sizeof(double));
        if (needed > free || array.Count * array.Type.Size > Array.MaxLength)
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{source} takes {ByteSize.Of(needed)} of memory, of which {ByteSize.Of(free)} are free; give fewer samples, or a machine with more memory."));
    }

    // Row by row, whatever the order in the file.
    private static byte[] Rows(NpyReader array, int columns)
    {
        int size = array.Type.Size, rows = array.Shape[0];
        var bytes = new byte[array.Count * size];
        array.Read(bytes);
        if (!array.IsFortran || columns == 1)
            return bytes;
        var turned = new byte[bytes.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                bytes.AsSpan(((column * rows) + row) * size, size).CopyTo(turned.AsSpan(((row * columns) + column) * size));
        }

        return turned;
    }
}
