namespace BasinVolume.Onnx.Values;

/// <summary>Where elements lie when shapes change; everything that only moves elements is a list of places.</summary>
internal static class Indexing
{
    /// <summary>The most elements that are computed of a few: a file of a few bytes can ask for any number.</summary>
    public const int MostMade = 1 << 26;

    /// <summary>Number of elements of a shape; more than an array holds is said by the caller who asked for it.</summary>
    public static long Count(IEnumerable<int> dims) => dims.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue + 1L));

    /// <summary>The places 0, 1, … of so many elements.</summary>
    public static int[] All(int count)
    {
        var all = new int[count];
        for (int i = 0; i < count; i++)
            all[i] = i;
        return all;
    }

    /// <summary>Whether places are 0, 1, …</summary>
    public static bool AreInOrder(int[] places)
    {
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] != i)
                return false;
        }

        return true;
    }

    /// <summary>How many elements lie between neighbours along each dimension.</summary>
    public static int[] Strides(IReadOnlyList<int> dims)
    {
        var strides = new int[dims.Count];
        int stride = 1;
        for (int d = dims.Count - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= dims[d];
        }

        return strides;
    }

    /// <summary>For each place of a shape, row by row, the sum of offset and index times stride over its dimensions.</summary>
    public static int[] Places(IReadOnlyList<int> dims, IReadOnlyList<int> strides, int offset = 0)
    {
        var places = new int[Count(dims)];
        var index = new int[dims.Count];
        int place = offset;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = place;
            for (int d = dims.Count - 1; d >= 0; d--)
            {
                place += strides[d];
                if (++index[d] < dims[d])
                    break;
                place -= strides[d] * dims[d];
                index[d] = 0;
            }
        }

        return places;
    }

    /// <summary>Where the elements of a broadcast tensor come from: dimensions of size 1, and those that are missing in front, are repeated.</summary>
    public static int[] Broadcast(IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        int[] own = Strides(from);
        int missing = to.Count - from.Count;
        int[] strides = [.. to.Select((_, d) => d < missing || from[d - missing] == 1 ? 0 : own[d - missing])];
        return Places(to, strides);
    }

    /// <summary>Whether shapes are the same but for one dimension.</summary>
    public static bool DifferAlongAlone(int axis, IReadOnlyList<IReadOnlyList<int>> shapes)
        => shapes.All(dims => dims.Count == shapes[0].Count && dims.Where((_, d) => d != axis).SequenceEqual(shapes[0].Where((_, d) => d != axis)));

    /// <summary>The shape of two broadcast against each other as NumPy does it; null if they do not go together.</summary>
    public static int[]? Common(IReadOnlyList<int> one, IReadOnlyList<int> other)
    {
        var common = new int[Math.Max(one.Count, other.Count)];
        for (int d = 1; d <= common.Length; d++)
        {
            int a = d <= one.Count ? one[^d] : 1, b = d <= other.Count ? other[^d] : 1;
            if (a != b && a != 1 && b != 1)
                return null;
            common[^d] = a == 1 ? b : a;
        }

        return common;
    }
}
