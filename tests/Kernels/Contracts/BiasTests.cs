using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class BiasInSingle : BiasTests<float>;

public sealed class BiasInDouble : BiasTests<double>;

public abstract class BiasTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 3;

    // The last two take two and three steps of a tree.
    private static readonly (int Rows, int Channels, int Inner)[] Sizes =
        [(1, 1, 1), (3, 5, 1), (2, 3, 7), (9, 1, 2), (1, 4, 3), (11, 21, 1), (131, 2, 1), (3, 2, 133)];

    [Theory]
    [MemberData(nameof(Devices))]
    public void Adding_agrees_with_the_reference(string device)
    {
        foreach ((int rows, int channels, int inner) in Sizes)
        {
            foreach (int stride in (int[])[0, channels, channels + 2])
            {
                using var lab = new Lab<T>(device);
                T[] b = Numbers.Random<T>(1, V * (channels + 2)), y = Numbers.Random<T>(2, V * rows * channels * inner);
                View<T> result = lab.Put(y);
                lab.Kernels.AddBias(V, rows, channels, inner, new(lab.Put(b), stride), result);

                var expected = new Expected[y.Length];
                for (int i = 0; i < y.Length; i++)
                {
                    expected[i] = Expected.Of(Numbers.Double(y[i]));
                    expected[i].Add(Numbers.Double(b[(i / (rows * channels * inner) * stride) + (i / inner % channels)]));
                }

                Expected.AssertNear(expected, lab.Read(result));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Summing_agrees_with_the_reference(string device)
    {
        foreach ((int rows, int channels, int inner) in Sizes)
        {
            foreach ((bool shared, bool accumulate) in (IEnumerable<(bool, bool)>)[(false, false), (false, true), (true, false), (true, true)])
            {
                using var lab = new Lab<T>(device);
                int size = rows * channels * inner, stride = shared ? 0 : size;
                T[] y = Numbers.Random<T>(1, V * size), b = Numbers.Random<T>(2, V * channels);
                View<T> result = accumulate ? lab.Put(b) : lab.Blank(b.Length);
                lab.Kernels.SumToBias(V, rows, channels, inner, new(lab.Put(y), stride), new(result, channels), accumulate);

                Expected[] expected = accumulate ? [.. b.Select(value => Expected.Of(Numbers.Double(value)))] : new Expected[b.Length];
                for (int v = 0; v < V; v++)
                {
                    for (int i = 0; i < size; i++)
                        expected[(v * channels) + (i / inner % channels)].Add(Numbers.Double(y[(v * stride) + i]));
                }

                Expected.AssertNear(expected, lab.Read(result));
            }
        }
    }

    // More rows than one part of the processor's sums has, with the last part short.
    [Fact]
    public void Sums_of_several_parts_agree_with_the_reference_on_the_processor()
    {
        foreach ((int rows, int channels, int inner) in ((int, int, int)[])[(41, 2, 690), (5003, 3, 1), (2001, 11, 1), (3, 1, 9000)])
        {
            using var lab = new Lab<T>(Tests.Devices.TestDevices.Cpu);
            T[] y = Numbers.Random<T>(1, V * rows * channels * inner), b = Numbers.Random<T>(2, V * channels);
            View<T> sums = lab.Put(b);
            lab.Kernels.SumToBias(V, rows, channels, inner, new(lab.Put(y), rows * channels * inner), new(sums, channels), accumulate: true);
            Expected[] expected = [.. b.Select(value => Expected.Of(Numbers.Double(value)))];
            for (int i = 0; i < y.Length; i++)
                expected[(i / (rows * channels * inner) * channels) + (i / inner % channels)].Add(Numbers.Double(y[i]));
            Expected.AssertNear(expected, lab.Read(sums));
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Sums_over_nothing_are_zero_and_sizes_of_zero_do_nothing(string device)
    {
        using var lab = new Lab<T>(device);
        View<T> b = lab.Blank(3);
        lab.Kernels.SumToBias(1, 0, 3, 5, default, new(b, 3), accumulate: false);
        lab.Kernels.SumToBias(0, 2, 3, 5, default, default, accumulate: false);
        lab.Kernels.AddBias(1, 2, 3, 0, new(b, 3), default);
        Assert.All(lab.Read(b), value => Assert.Equal(T.Zero, value));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        const int Rows = 4, Channels = 3, Inner = 5, Size = Rows * Channels * Inner;
        View<T> b = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * Channels), Channels, first, count));
        View<T> y = lab.Put(Entries(Numbers.Random<T>(2, BatchEntries * Size), Size, first, count));
        View<T> sums = lab.Blank(count * Channels);
        lab.Kernels.AddBias(count, Rows, Channels, Inner, new(b, Channels), y);
        lab.Kernels.SumToBias(count, Rows, Channels, Inner, new(y, Size), new(sums, Channels), accumulate: false);
        return lab.Read(sums);
    }
}
