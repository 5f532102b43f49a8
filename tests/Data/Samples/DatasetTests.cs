using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Samples;

public class DatasetTests
{
    private static readonly Dataset Set = GreyImages.Of([0, 1, 128, 255, 5, 6], [3, 9, 0], 1, 2);

    // NumPy: q = float32(level) / float32(255); (q − float32(0.1307)) / float32(0.3081), and (float64(q) − 0.1307) / 0.3081.
    [Theory]
    [InlineData(0, -0.42421296f, -0.424212917883804)]
    [InlineData(1, -0.41148472f, -0.4114846840007512)]
    [InlineData(128, 1.2050011f, 1.2050010191469522)]
    [InlineData(255, 2.8214867f, 2.82148653034729)]
    public void Levels_are_normalised_as_PyTorch_does(int level, float inFloat32, double inFloat64)
    {
        Assert.Equal(inFloat32, Table<float>()[level]);
        Assert.Equal(inFloat64, Table<double>()[level]);
    }

    [Fact]
    public void Every_level_follows_the_formula_in_float32()
    {
        for (int level = 0; level < 256; level++)
            Assert.Equal(((level / 255f) - 0.1307f) / 0.3081f, Table<float>()[level]);
    }

    [Fact]
    public void Images_and_labels_are_read_in_the_order_asked_for()
    {
        double[] pixels = new double[6];
        int[] labels = new int[3];
        Set.Read([2, 0, 2], pixels.AsSpan());
        Set.ReadLabels([2, 0, 2], labels);
        Assert.Equal(new[] { 5, 6, 0, 1, 5, 6 }.Select(level => Table<double>()[level]), pixels);
        Assert.Equal([0, 3, 0], labels);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        float[] pixels = new float[4];
        int[] labels = new int[2];
        int[] indices = [1, 2];
        Assert.Equal(0, Allocation.Of(() =>
        {
            Set.Read(indices, pixels.AsSpan());
            Set.ReadLabels(indices, labels);
        }));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)] // Twice this is 0 in 32 bits.
    public void An_index_outside_the_set_is_refused(int index)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Set.Read([index], new double[2].AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Set.ReadLabels([index], new int[1]));
    }

    [Fact]
    public void The_room_must_fit()
    {
        Assert.Throws<ArgumentException>(() => Set.Read([0], new double[3].AsSpan()));
        Assert.Throws<ArgumentException>(() => Set.ReadLabels([0], new int[2]));
    }

    [Fact]
    public void Images_and_labels_must_belong_together()
    {
        Assert.Throws<ArgumentException>(() => GreyImages.Of(new byte[5], new byte[3], 1, 2));
        Assert.Throws<ArgumentException>(() => GreyImages.Of([], [], 1, 2));
        Assert.Throws<ArgumentException>(() => GreyImages.Of(new byte[2], new byte[] { 10 }, 1, 2));
    }

    [Theory]
    [InlineData(3, new double[] { 0, 0, 1, 1, 0, 0 })]
    public void Classes_become_vectors_with_a_one(int outputs, double[] expected)
    {
        var layout = new DataLayout(new Shape(1, 1, 1), ElementKind.Pixels) { Classes = ["a", "b", "c"] };
        var targets = new double[2 * outputs];
        Dataset.OfPixels(layout, [1, 2], [2, 0]).ReadTargets([0, 1], targets.AsSpan());
        Assert.Equal(expected, targets);
    }

    [Fact]
    public void Two_classes_are_numbers_0_and_1_for_one_output_and_three_are_not()
    {
        var layout = new DataLayout(new Shape(1, 1, 1), ElementKind.Pixels) { Classes = ["a", "b"] };
        var targets = new float[2];
        Dataset two = Dataset.OfPixels(layout, [1, 2], [1, 0]), three = Dataset.OfPixels(layout with { Classes = ["a", "b", "c"] }, [1, 2], [1, 0]);
        two.ReadTargets([0, 1], targets.AsSpan());
        Assert.Equal([1, 0], targets);
        TestFiles.AssertExplained<DataException>(() => three.ReadTargets([0, 1], new float[2].AsSpan()), "targets of 3 elements", "1 outputs");
    }

    // What each grey level becomes.
    private static T[] Table<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var table = new T[256];
        GreyImages.Of(Enumerable.Range(0, 256).Select(level => (byte)level).ToArray(), new byte[1], 1, 256).Read([0], table.AsSpan());
        return table;
    }
}
