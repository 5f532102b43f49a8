using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class SoftmaxInSingle : SoftmaxTests<float>;

public sealed class SoftmaxInDouble : SoftmaxTests<double>;

/// <summary>The softmax loss, its gradient, and its second derivative applied.</summary>
public abstract class SoftmaxTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int S = 5;
    private const int C = 11;
    private const int V = 3;

    private static double Unit => Numbers.Double(T.BitIncrement(T.One) - T.One);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Losses_and_probabilities_agree_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] logits = Numbers.Random<T>(1, S * C);
        int[] labels = Numbers.RandomIntegers(2, S, 0, C);
        (T[] losses, T[] probabilities) = Loss(lab, C, logits, labels);
        for (int s = 0; s < S; s++)
        {
            double[] row = [.. logits.Skip(s * C).Take(C).Select(Numbers.Double)];
            double sum = row.Sum(Math.Exp);
            Assert.Equal(Math.Log(sum) - row[labels[s]], Numbers.Double(losses[s]), 16 * Unit);
            for (int c = 0; c < C; c++)
                Assert.Equal(Math.Exp(row[c]) / sum, Numbers.Double(probabilities[(s * C) + c]), 8 * Unit);
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Large_logits_overflow_nothing(string device)
    {
        using var lab = new Lab<T>(device);
        T[] logits = [T.CreateTruncating(-431), T.CreateTruncating(279), T.CreateTruncating(427)];
        (T[] losses, T[] probabilities) = Loss(lab, 3, logits, [0]);
        Assert.Equal(858.0, Numbers.Double(losses[0]), 858 * Unit);
        Assert.Equal(0.0, Numbers.Double(probabilities[0]), 1e-300);
        Assert.Equal(T.One, probabilities[2]);
        // exp(−148) is 5.3e−65, which float rounds to 0.
        Assert.Equal(Numbers.Double(T.CreateTruncating(Math.Exp(-148))), Numbers.Double(probabilities[1]), 1e-79);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void One_class_costs_nothing_and_NaN_stays_NaN(string device)
    {
        using var lab = new Lab<T>(device);
        (T[] losses, T[] probabilities) = Loss(lab, 1, [T.CreateTruncating(50)], [0]);
        Assert.Equal(T.Zero, losses[0]);
        Assert.Equal(T.One, probabilities[0]);
        (losses, _) = Loss(lab, 3, [T.One, T.NaN, T.Zero], [0]);
        Assert.True(T.IsNaN(losses[0]));
    }

    /// <summary>
    /// Logits that are exact in both precisions, a label, the loss and the probabilities by mpmath 1.3 with 60 digits: sure and right, sure and wrong, unsure.
    /// </summary>
    public static TheoryData<string, double[], int, double, double[]> Margins =>
    [
        .. from device in Devices
           from margin in new (double[] Logits, int Label, double Loss, double[] Probabilities)[]
           {
               ([20, 0, -3.5], 0, 2.12339506641323235e-9, [0.999999997876604936, 2.0611536180619144e-9, 6.22414460969146526e-11]),
               ([0, 20, -3.5], 0, 20.0000000021233951, [2.0611536180619144e-9, 0.999999997876604936, 6.22414460969146526e-11]),
               ([80.25, 0.5, -2], 0, 2.50770499206596915e-35, [1, 2.31747505533765773e-35, 1.90229936728311419e-36]),
               ([-2, 0.5, 80.25], 1, 79.75, [1.90229936728311419e-36, 2.31747505533765773e-35, 1]),
               ([-0.25, 0.5, 0.125], 2, 1.14494887174683506, [0.21872306959481309, 0.46303674196579451, 0.318240188439392399]),
           }
           select (device.Data, margin.Logits, margin.Label, margin.Loss, margin.Probabilities),
    ];

    [Theory]
    [MemberData(nameof(Margins))]
    public void However_sure_a_sample_is_every_number_is_right_relative_to_itself(string device, double[] logits, int label, double loss, double[] p)
    {
        using var lab = new Lab<T>(device);
        (T[] losses, T[] probabilities) = Loss(lab, 3, Array.ConvertAll(logits, T.CreateTruncating), [label]);
        AssertNear(loss, losses[0]);
        View<T> saved = lab.Put(probabilities), weight = lab.Put([T.One]), gradient = lab.Blank(3), curvature = lab.Blank(9);
        lab.Kernels.SoftmaxLossAdjoint(1, 3, saved, lab.Put([label]), weight, gradient);
        lab.Kernels.SoftmaxCurvature(3, 1, 3, saved, weight, lab.Put(OneHot(3)), curvature);
        T[] r = lab.Read(gradient), k = lab.Read(curvature);
        for (int i = 0; i < 3; i++)
        {
            double others = p.Where((_, c) => c != i).Sum();
            AssertNear(p[i], probabilities[i]);
            AssertNear(i == label ? -others : p[i], r[i]);
            for (int j = 0; j < 3; j++)
                AssertNear(i == j ? p[i] * others : -p[i] * p[j], k[(3 * i) + j]);
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_rounding_of_a_difference_of_logits_costs_nothing(string device)
    {
        // a and −b have no difference in their precision: a + b = 700 + 2⁻⁴⁴ (86 + 2⁻¹⁸), half a unit from both neighbours. exp(−700) and exp(−86) by mpmath.
        using var lab = new Lab<T>(device);
        (double size, double small) = typeof(T) == typeof(double) ? (350, 9.85967654375977086e-305) : (43, 4.47377930618112073e-38);
        var b = T.CreateTruncating(size);
        T a = T.BitIncrement(b);
        (T[] losses, T[] probabilities) = Loss(lab, 2, [a, -b], [0]);
        double expected = small * (1 - Numbers.Double(a - b));
        AssertNear(expected, losses[0]);
        AssertNear(expected, probabilities[1]);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Nothing_is_left_of_a_shift_where_a_class_is_sure(string device)
    {
        // (K x)_c = p_c Σ_j p_j (x_c − x_j): with x = 1000 + (0, 1, 0) and p = (1 − ε, ε, 0) that is ε (−1, 1, 0), and 0 for x = 1000.
        using var lab = new Lab<T>(device);
        double small = Math.Exp(-60);
        (_, T[] probabilities) = Loss(lab, 3, [T.CreateTruncating(60), T.Zero, T.CreateTruncating(-1000)], [0]);
        View<T> result = lab.Blank(6);
        T shift = T.CreateTruncating(1000);
        lab.Kernels.SoftmaxCurvature(2, 1, 3, lab.Put(probabilities), lab.Put([T.One]), lab.Put([shift, shift + T.One, shift, shift, shift, shift]), result);
        T[] actual = lab.Read(result);
        AssertNear(-small, actual[0]);
        AssertNear(small, actual[1]);
        Assert.All(actual[2..], value => Assert.Equal(T.Zero, value));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_gradient_agrees_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] p = Numbers.Random<T>(1, S * C), weights = Numbers.Random<T>(2, S);
        int[] labels = Numbers.RandomIntegers(3, S, 0, C);
        View<T> result = lab.Blank(S * C);
        lab.Kernels.SoftmaxLossAdjoint(S, C, lab.Put(p), lab.Put(labels), lab.Put(weights), result);
        lab.Kernels.SoftmaxLossAdjoint(0, C, default, default, default, default);

        var expected = new Expected[S * C];
        for (int i = 0; i < expected.Length; i++)
        {
            int sample = i / C;
            double weight = Numbers.Double(weights[sample]);
            if (i % C != labels[sample])
                expected[i].Add(weight * Numbers.Double(p[i]));
            else
                for (int c = 0; c < C; c++)
                    expected[i].Add(c == labels[sample] ? 0 : -weight * Numbers.Double(p[(sample * C) + c]));
        }

        Expected.AssertNear(expected, lab.Read(result));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_curvature_agrees_with_the_reference_in_place_and_not(string device)
    {
        using var lab = new Lab<T>(device);
        // From unsure to sure: every other sample has a class with more than half.
        T[] logits = [.. Numbers.Random<T>(1, S * C).Select((logit, i) => logit * T.CreateTruncating(i / C % 2 == 0 ? 1 : 20))];
        T[] weights = Numbers.Random<T>(2, S), x = Numbers.Random<T>(3, V * S * C);
        (_, T[] p) = Loss(lab, C, logits, new int[S]);
        View<T> probabilities = lab.Put(p), weighting = lab.Put(weights), inPlace = lab.Put(x), result = lab.Blank(x.Length);
        lab.Kernels.SoftmaxCurvature(V, S, C, probabilities, weighting, inPlace, result);
        lab.Kernels.SoftmaxCurvature(V, S, C, probabilities, weighting, inPlace, inPlace);
        lab.Kernels.SoftmaxCurvature(0, S, C, probabilities, weighting, default, default);

        var expected = new Expected[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int sample = i / C % S, row = i / C * C;
            double factor = Numbers.Double(weights[sample]) * Numbers.Double(p[i % (S * C)]);
            for (int c = 0; c < C; c++)
                expected[i].Add(factor * Numbers.Double(p[(sample * C) + c]) * (Numbers.Double(x[i]) - Numbers.Double(x[row + c])));
        }

        T[] actual = lab.Read(result);
        Expected.AssertNear(expected, actual);
        Assert.Equal(actual, lab.Read(inPlace));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        T[] logits = Entries(Numbers.Random<T>(1, BatchEntries * C), C, first, count);
        int[] labels = Numbers.RandomIntegers(2, BatchEntries, 0, C)[first..(first + count)];
        (T[] losses, T[] probabilities) = Loss(lab, C, logits, labels);
        View<T> x = lab.Put(logits);
        lab.Kernels.SoftmaxCurvature(1, count, C, lab.Put(probabilities), lab.Put(losses), x, x);
        return lab.Read(x);
    }

    private static (T[] Losses, T[] Probabilities) Loss(Lab<T> lab, int classes, T[] logits, int[] labels)
    {
        View<T> losses = lab.Blank(labels.Length), probabilities = lab.Blank(logits.Length);
        lab.Kernels.SoftmaxLoss(labels.Length, classes, lab.Put(logits), lab.Put(labels), losses, probabilities);
        lab.Kernels.SoftmaxLoss(0, classes, default, default, default, default);
        return (lab.Read(losses), lab.Read(probabilities));
    }

    private static T[] OneHot(int count) => [.. Enumerable.Range(0, count * count).Select(i => i / count == i % count ? T.One : T.Zero)];

    // A few units in the last place of the number itself; what is subnormal may come as 0.
    private static void AssertNear(double expected, T actual)
    {
        double size = Math.Abs(expected), smallest = typeof(T) == typeof(double) ? 2.2250738585072014e-308 : 1.17549435082228751e-38;
        Assert.Equal(expected, Numbers.Double(actual), size < smallest ? smallest : 6 * Unit * size);
    }
}
