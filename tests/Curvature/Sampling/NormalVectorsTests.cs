using BasinVolume.Curvature.Sampling;

namespace BasinVolume.Curvature.Tests.Sampling;

public class NormalVectorsTests
{
    [Fact]
    public void Moments_are_those_of_the_normal_distribution()
    {
        double[] x = Vector(seed: 3, index: 5, length: 200_001);
        double n = x.Length;
        // Means 0, 1, 0, 3 of powers 1 to 4 with variances 1, 2, 15, 96 over n; four deviations.
        Assert.Equal(0, x.Sum() / n, 4 / Math.Sqrt(n));
        Assert.Equal(1, x.Sum(v => v * v) / n, 4 * Math.Sqrt(2 / n));
        Assert.Equal(0, x.Sum(v => v * v * v) / n, 4 * Math.Sqrt(15 / n));
        Assert.Equal(3, x.Sum(v => v * v * v * v) / n, 4 * Math.Sqrt(96 / n));
        // Neighbours, which share a block, and next neighbours are uncorrelated.
        Assert.Equal(0, x.Zip(x.Skip(1), (a, b) => a * b).Sum() / n, 4 / Math.Sqrt(n));
        Assert.Equal(0, x.Zip(x.Skip(2), (a, b) => a * b).Sum() / n, 4 / Math.Sqrt(n));
        Assert.Equal(Math.Exp(NormalTail(1.5)), x.Count(v => v < -1.5) / n, 4 * Math.Sqrt(0.067 / n));

        static double NormalTail(double t) => Math.Log(MathNet.Numerics.Distributions.Normal.CDF(0, 1, -t));
    }

    [Fact]
    public void A_vector_depends_on_seed_and_index_alone()
    {
        double[] vector = Vector(7, 11, 9);
        Assert.Equal(vector, Vector(7, 11, 20)[..9]);
        Assert.Empty(vector.Intersect(Vector(7, 12, 9)));
        Assert.Empty(vector.Intersect(Vector(8, 11, 9)));
    }

    private static double[] Vector(ulong seed, ulong index, int length)
    {
        double[] vector = new double[length];
        NormalVectors.Fill(seed, index, vector);
        return vector;
    }
}
