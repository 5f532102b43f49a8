using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class WeightedGramInSingle : WeightedGramTests<float>;

public sealed class WeightedGramInDouble : WeightedGramTests<double>;

public abstract class WeightedGramTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int S = 9;
    private const int F = 7;

    [Theory]
    [MemberData(nameof(Devices))]
    public void Sums_agree_with_the_reference(string device)
    {
        foreach ((int samples, int features, int entries) in ((int, int, int)[])[(S, F, 3), (1, 1, 1), (5, 33, 2)])
        {
            using var lab = new Lab<T>(device);
            Check(lab, samples, features, entries);
        }
    }

    // Several tiles of a group of threads, and several stretches of samples; rows of a multiple of four features, and others.
    [Theory]
    [MemberData(nameof(Devices))]
    public void Tiles_and_stretches_agree_with_the_reference(string device)
    {
        foreach ((int samples, int features, int entries) in ((int, int, int)[])[(259, 68, 2), (131, 66, 3)])
        {
            using var lab = new Lab<T>(device);
            Check(lab, samples, features, entries);
        }
    }

    // More samples than a packed block holds, and more features than one part has rows.
    [Fact]
    public void Long_sums_and_many_features_agree_with_the_reference_on_the_processor()
    {
        using var lab = new Lab<T>(Tests.Devices.TestDevices.Cpu);
        Check(lab, 531, 101, 2);
        Check(lab, 1030, 33, 1);
    }

    // The first strip of columns is filled up by anything from nothing to all but one.
    [Fact]
    public void All_numbers_of_features_up_to_two_strips_agree_with_the_reference_on_the_processor()
    {
        for (int features = 1; features <= 66; features++)
        {
            using var lab = new Lab<T>(Tests.Devices.TestDevices.Cpu);
            Check(lab, 7, features, 2);
        }
    }

    // A strip that is filled up takes what lies before it in memory, which is the sample before.
    [Fact]
    public void A_feature_that_is_not_finite_spoils_its_own_column_alone_on_the_processor()
    {
        foreach (int features in (int[])[5, 37, 66])
        {
            using var lab = new Lab<T>(Tests.Devices.TestDevices.Cpu);
            T[] w = Numbers.Random<T>(1, 7), x = Numbers.Random<T>(2, 7 * features);
            x[(3 * features) - 1] = T.PositiveInfinity; // the last feature of sample 2
            View<T> grams = lab.Blank(features * features);
            lab.Kernels.WeightedGram(features, MatrixBatch<T>.RowMajor(lab.Put(w), 7, 1), lab.Put(x), grams);
            T[] result = lab.Read(grams);
            for (int row = 0; row < features; row++)
            {
                for (int column = row; column < features; column++)
                    Assert.Equal(column < features - 1, T.IsFinite(result[(row * features) + column]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Nothing_in_gives_zeros_or_nothing(string device)
    {
        using var lab = new Lab<T>(device);
        View<T> grams = lab.Blank(4);
        lab.Kernels.WeightedGram(2, MatrixBatch<T>.RowMajor(default, 0, 1), default, grams);
        Assert.All(Upper(lab.Read(grams), 2), value => Assert.Equal(T.Zero, value));
        lab.Kernels.WeightedGram(2, MatrixBatch<T>.RowMajor(default, 3, 0), lab.Put(Numbers.Random<T>(1, 6)), default);
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        // Entries are columns of the weights.
        View<T> grams = lab.Blank(count * F * F);
        View<T> weights = lab.Put(Numbers.Random<T>(1, S * BatchEntries));
        lab.Kernels.WeightedGram(
            F, new MatrixBatch<T>(weights.Slice(first, weights.Length - first), S, count, BatchEntries, 1, 0), lab.Put(Numbers.Random<T>(2, S * F)), grams);
        return Upper(lab.Read(grams), F);
    }

    /// <summary>What the kernel computes: of each entry the elements on and above the diagonal.</summary>
    internal static TAny[] Upper<TAny>(TAny[] grams, int features) => [.. grams.Where((_, i) => i % features >= i / features % features)];

    private static void Check(Lab<T> lab, int samples, int features, int entries)
    {
        T[] w = Numbers.Random<T>(1, samples * entries), x = Numbers.Random<T>(2, samples * features);
        View<T> grams = lab.Blank(entries * features * features);
        lab.Kernels.WeightedGram(features, MatrixBatch<T>.RowMajor(lab.Put(w), samples, entries), lab.Put(x), grams);
        var expected = new Expected[grams.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            (int entry, int row, int column) = (i / features / features, i / features % features, i % features);
            for (int s = 0; s < samples; s++)
                expected[i].Add(
                    Numbers.Double(w[(s * entries) + entry]) * Numbers.Double(x[(s * features) + row]) * Numbers.Double(x[(s * features) + column]));
        }

        Expected.AssertNear(Upper(expected, features), Upper(lab.Read(grams), features));
    }
}
