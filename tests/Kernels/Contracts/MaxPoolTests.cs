using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;
using CsCheck;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class MaxPoolInSingle : MaxPoolTests<float>;

public sealed class MaxPoolInDouble : MaxPoolTests<double>;

public abstract class MaxPoolTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Gen<PoolingShape> Shapes = Gen.Select(
        Gen.Int[1, 3], Gen.Int[3, 7], Gen.Int[3, 7], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Bool,
        (channels, height, width, size, stride, padded) => new PoolingShape(channels, height, width, size, stride, padded ? size / 2 : 0));

    [Theory]
    [MemberData(nameof(Devices))]
    public void Random_shapes_agree_with_the_reference(string device)
    {
        // The device is opened before the sample, inside which a skip would be a failure.
        Device opened = TestDevices.Get(device);
        Shapes.Sample(shape => Check(opened, shape), seed: "0N0XIzNsQ0O2", iter: 15, threads: 1);
    }

    // Rows of windows that are compared by vectors, with windows at the edges that are not.
    [Fact]
    public void Wide_images_agree_with_the_reference_on_the_processor()
    {
        foreach (int width in Enumerable.Range(4, 40))
        {
            for (int size = 1; size <= 3; size++)
            {
                for (int stride = 1; stride <= 4; stride++)
                    Check(TestDevices.Get(TestDevices.Cpu), new PoolingShape(1, 5, width, size, stride, width % 2 * (size / 2)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Uneven_windows_agree_with_the_reference(string device)
    {
        Device opened = TestDevices.Get(device);
        foreach (PoolingShape shape in (PoolingShape[])[
            new(2, 5, 7, new Window(3, Stride: 2) { Ceil = true }, new Window(2, Stride: 2, Before: 1) { Ceil = true }),
            new(1, 7, 23, new Window(2, Stride: 1, After: 1, Dilation: 2), new Window(3, Stride: 2, Before: 1, After: 2, Dilation: 3)),
            new(1, 6, 21, new Window(3, Stride: 2, Before: 1, After: 1, Dilation: 2), new Window(2, Stride: 1, Dilation: 3)),
            new(3, 2, 2, new Window(3, Stride: 2) { Ceil = true }, new Window(1, Stride: 3) { Ceil = true }),
            new(1, 4, 19, new Window(4), new Window(1, Stride: 2))])
            Check(opened, shape);
    }

    [Fact]
    public void A_NaN_wins_wherever_it_lies_on_the_processor()
    {
        const int Width = 27;
        for (int place = 0; place < 2 * (Width - 1); place++)
        {
            using var lab = new Lab<T>(TestDevices.Cpu);
            int pixel = (place / (Width - 1) * Width) + (place % (Width - 1));
            T[] x = [.. Numbers.RandomIntegers(1, 2 * Width, -2, 3).Select(T.CreateTruncating)];
            x[pixel] = T.NaN;
            View<T> y = lab.Blank(Width / 2);
            View<int> winners = lab.Put(new int[Width / 2]);
            lab.Kernels.MaxPool(1, new PoolingShape(1, 2, Width, 2, 2), lab.Put(x), y, winners);
            int window = pixel % Width / 2;
            Assert.Equal(pixel, lab.Read(winners)[window]);
            T[] values = lab.Read(y);
            Assert.Equal([window], Enumerable.Range(0, values.Length).Where(i => T.IsNaN(values[i])));
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_first_of_equals_wins_and_NaN_wins_over_all(string device)
    {
        T one = T.One, nan = T.NaN, low = T.NegativeInfinity;
        using var lab = new Lab<T>(device);
        // Four windows of 2 × 2: all equal; a tie of the largest; a NaN between larger numbers, and a second one; nothing above −∞.
        View<T> x = lab.Put([
            T.Zero, T.Zero, T.Zero, one,
            T.Zero, T.Zero, one, T.Zero,
            one, nan, low, low,
            nan, one, low, low]);
        View<T> y = lab.Blank(4);
        View<int> winners = lab.Put([-1, -1, -1, -1]);
        lab.Kernels.MaxPool(1, new PoolingShape(1, 4, 4, 2, 2), x, y, winners);
        lab.Kernels.MaxPool(0, new PoolingShape(1, 4, 4, 2, 2), default, default, default);
        Assert.Equal([T.Zero, one, nan, low], lab.Read(y));
        Assert.Equal([0, 3, 9, 10], lab.Read(winners));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        var shape = new PoolingShape(2, 5, 4, 2, 2);
        int input = 2 * shape.InputPlane, output = 2 * shape.OutputPlane;
        View<T> x = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * input), input, first, count)), y = lab.Blank(count * output);
        lab.Kernels.MaxPool(count, shape, x, y, lab.Put(new int[count * output]));
        return lab.Read(y);
    }

    private static IEnumerable<int> Pixels(Window window, int o)
        => Enumerable.Range(0, window.Size).Select(p => (o * window.Stride) - window.Before + (p * window.Dilation));

    private static void Check(Device device, PoolingShape shape)
    {
        const int S = 2;
        using var lab = new Lab<T>(device);
        // Few different values, so that ties are the normal case.
        T[] x = [.. Numbers.RandomIntegers(1, S * shape.Channels * shape.InputPlane, -2, 3).Select(T.CreateTruncating)];
        int outputs = S * shape.Channels * shape.OutputPlane;
        View<T> y = lab.Blank(outputs);
        View<int> winners = lab.Put(new int[outputs]);
        lab.Kernels.MaxPool(S, shape, lab.Put(x), y, winners);

        T[] values = lab.Read(y);
        int[] places = lab.Read(winners);
        for (int o = 0; o < outputs; o++)
        {
            int plane = o / shape.OutputPlane * shape.InputPlane, i = o % shape.OutputPlane / shape.OutputWidth, j = o % shape.OutputWidth;
            IEnumerable<int> window =
                from row in Pixels(shape.Rows, i)
                from column in Pixels(shape.Columns, j)
                where row >= 0 && row < shape.InputHeight && column >= 0 && column < shape.InputWidth
                select (row * shape.InputWidth) + column;
            int winner = window.MaxBy(place => x[plane + place]); // the first of equals
            Assert.Equal(winner, places[o]);
            Assert.Equal(x[plane + winner], values[o]);
        }
    }
}
