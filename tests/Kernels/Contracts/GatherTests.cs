using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class GatherInSingle : GatherTests<float>;

public sealed class GatherInDouble : GatherTests<double>;

public abstract class GatherTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 2;
    private const int R = 3;

    // The last one's rows are longer than what one thread of a scatter takes.
    private static readonly (int Source, int Gathered)[] Sizes = [(1, 1), (5, 3), (3, 7), (71, 20)];

    [Theory]
    [MemberData(nameof(Devices))]
    public void Gathering_agrees_with_the_reference(string device)
    {
        foreach ((GatherShape shape, bool shared, int lowest) in Cases())
        {
            using var lab = new Lab<T>(device);
            int large = R * shape.Source, stride = shared ? 0 : large;
            T[] x = Numbers.Random<T>(1, V * large);
            int[] index = Indices(shape, lowest);
            View<T> y = lab.Blank(V * R * shape.Gathered);
            lab.Kernels.Gather(shape, lab.Put(index), new(lab.Put(x), stride), y);

            var expected = new T[y.Length];
            foreach ((int v, int r, int o, int from) in Pairs(shape, index))
                expected[Small(shape, v, r, o)] = from < 0 ? T.Zero : x[(v * stride) + (r * shape.Source) + from];
            Assert.Equal(expected, lab.Read(y));
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Gathering_stretches_that_lie_side_by_side_agrees_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        const int Source = 40;
        // Shorter than a vector, as long as one, and longer, up to the last element.
        int[] index =
        [
            -1, 0, 1, -1, -1, 3, 4, 5, 2, 5, .. Enumerable.Range(7, 4), .. Enumerable.Range(1, 8),
            .. Enumerable.Repeat(-1, 20), .. Enumerable.Range(3, 16), .. Enumerable.Range(1, Source - 1),
        ];
        T[] x = Numbers.Random<T>(1, R * Source);
        View<T> y = lab.Blank(R * index.Length);
        lab.Kernels.Gather(new GatherShape(1, R, Source, index.Length, 0, 0), lab.Put(index), Batch<T>.Shared(lab.Put(x)), y);
        Assert.Equal([.. Enumerable.Range(0, R).SelectMany(r => index.Select(from => from < 0 ? T.Zero : x[(r * Source) + from]))], lab.Read(y));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Scattering_agrees_with_the_reference(string device)
    {
        foreach ((GatherShape shape, bool shared, int lowest) in Cases())
        {
            foreach (bool accumulate in (bool[])[false, true])
            {
                using var lab = new Lab<T>(device);
                int stride = shared ? 0 : R * shape.Gathered;
                T[] y = Numbers.Random<T>(1, V * R * shape.Gathered), x = Numbers.Random<T>(2, V * R * shape.Source);
                int[] index = Indices(shape, lowest);
                View<T> result = accumulate ? lab.Put(x) : lab.Blank(x.Length);
                lab.Kernels.ScatterAdd(shape, lab.Put(index), new(lab.Put(y), stride), result, accumulate);

                Expected[] expected = accumulate ? [.. x.Select(value => Expected.Of(Numbers.Double(value)))] : new Expected[x.Length];
                foreach ((int v, int r, int o, int to) in Pairs(shape, index).Where(pair => pair.Index >= 0))
                    expected[(((v * R) + r) * shape.Source) + to].Add(Numbers.Double(y[(v * stride) + (r * shape.Gathered) + o]));
                Expected.AssertNear(expected, lab.Read(result));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Sizes_of_zero_add_nothing(string device)
    {
        using var lab = new Lab<T>(device);
        View<T> x = lab.Blank(4);
        lab.Kernels.ScatterAdd(new GatherShape(1, 2, 2, 0, 0, 0), default, default, x, accumulate: false);
        lab.Kernels.ScatterAdd(new GatherShape(0, 2, 2, 3, 0, 0), default, default, default, accumulate: false);
        lab.Kernels.Gather(new GatherShape(1, 2, 2, 0, 0, 0), default, Batch<T>.Shared(x), default);
        Assert.All(lab.Read(x), value => Assert.Equal(T.Zero, value));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        const int Source = 40, Gathered = 17;
        var shape = new GatherShape(count, R, Source, Gathered, 0, Gathered);
        View<int> index = lab.Put(Numbers.RandomIntegers(3, R * Gathered, -1, Source));
        View<T> large = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * R * Source), R * Source, first, count)), small = lab.Blank(count * R * Gathered);
        lab.Kernels.Gather(shape, index, new(large, R * Source), small);
        lab.Kernels.ScatterAdd(shape, index, new(small, R * Gathered), large, accumulate: true);
        return lab.Read(large);
    }

    /// <summary>All sizes, with indices shared by everything, by entries, by rows, and by nothing, and with and without indices below 0.</summary>
    private static IEnumerable<(GatherShape Shape, bool Shared, int Lowest)> Cases()
        => from size in Sizes
           from memberStride in (int[])[0, R * size.Gathered]
           from rowStride in (int[])[0, size.Gathered]
           from shared in (bool[])[false, true]
           from lowest in (int[])[-1, 0]
           select (new GatherShape(V, R, size.Source, size.Gathered, memberStride, rowStride), shared, lowest);

    private static int[] Indices(GatherShape shape, int lowest) => Numbers.RandomIntegers(3, V * R * shape.Gathered, lowest, shape.Source);

    private static int Small(GatherShape shape, int v, int r, int o) => (((v * R) + r) * shape.Gathered) + o;

    private static IEnumerable<(int Entry, int Row, int Place, int Index)> Pairs(GatherShape shape, int[] index)
        => from v in Enumerable.Range(0, V)
           from r in Enumerable.Range(0, R)
           from o in Enumerable.Range(0, shape.Gathered)
           select (v, r, o, index[(v * shape.IndexEntryStride) + (r * shape.IndexRowStride) + o]);
}
