using System.Numerics;

namespace BasinVolume.Kernels.Tests.Words;

public sealed class SoftmaxInSingle : SoftmaxTests<float>;

public sealed class SoftmaxInDouble : SoftmaxTests<double>;

/// <summary>The softmax loss, its gradient, and its second derivative applied.</summary>
public abstract class SoftmaxTests<T> : WordTests<T>
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

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_gradient_agrees_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] p = Numbers.Random<T>(1, S * C), weights = Numbers.Random<T>(2, S);
        int[] labels = Numbers.RandomIntegers(3, S, 0, C);
        View<T> result = lab.Blank(S * C);
        lab.Words.SoftmaxLossAdjoint(S, C, lab.Put(p), lab.Put(labels), lab.Put(weights), result);
        lab.Words.SoftmaxLossAdjoint(0, C, default, default, default, default);

        var expected = new Expected[S * C];
        for (int i = 0; i < expected.Length; i++)
        {
            double weight = Numbers.Double(weights[i / C]);
            expected[i].Add(weight * Numbers.Double(p[i]));
            expected[i].Add(i % C == labels[i / C] ? -weight : 0);
        }

        Expected.AssertNear(expected, lab.Read(result));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_curvature_agrees_with_the_reference_in_place_and_not(string device)
    {
        using var lab = new Lab<T>(device);
        T[] p = Numbers.Random<T>(1, S * C), weights = Numbers.Random<T>(2, S), x = Numbers.Random<T>(3, V * S * C);
        View<T> probabilities = lab.Put(p), weighting = lab.Put(weights), inPlace = lab.Put(x), result = lab.Blank(x.Length);
        lab.Words.SoftmaxCurvature(V, S, C, probabilities, weighting, inPlace, result);
        lab.Words.SoftmaxCurvature(V, S, C, probabilities, weighting, inPlace, inPlace);
        lab.Words.SoftmaxCurvature(0, S, C, probabilities, weighting, default, default);

        var expected = new Expected[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int sample = i / C % S, row = i / C * C;
            double factor = Numbers.Double(weights[sample]) * Numbers.Double(p[i % (S * C)]);
            expected[i].Add(factor * Numbers.Double(x[i]));
            for (int c = 0; c < C; c++)
                expected[i].Add(-factor * Numbers.Double(p[(sample * C) + c]) * Numbers.Double(x[row + c]));
        }

        T[] actual = lab.Read(result);
        Expected.AssertNear(expected, actual);
        Assert.Equal(actual, lab.Read(inPlace));
    }

    protected override T[] Speak(Lab<T> lab, int first, int count)
    {
        T[] logits = Members(Numbers.Random<T>(1, BatchMembers * C), C, first, count);
        int[] labels = Numbers.RandomIntegers(2, BatchMembers, 0, C)[first..(first + count)];
        (T[] losses, T[] probabilities) = Loss(lab, C, logits, labels);
        View<T> x = lab.Put(logits);
        lab.Words.SoftmaxCurvature(1, count, C, lab.Put(probabilities), lab.Put(losses), x, x);
        return lab.Read(x);
    }

    private static (T[] Losses, T[] Probabilities) Loss(Lab<T> lab, int classes, T[] logits, int[] labels)
    {
        View<T> losses = lab.Blank(labels.Length), probabilities = lab.Blank(logits.Length);
        lab.Words.SoftmaxLoss(labels.Length, classes, lab.Put(logits), lab.Put(labels), losses, probabilities);
        lab.Words.SoftmaxLoss(0, classes, default, default, default, default);
        return (lab.Read(losses), lab.Read(probabilities));
    }
}
