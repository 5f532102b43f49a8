using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests;

public class OutliersTests
{
    [Theory]
    [InlineData(40, 40)]
    [InlineData(60, 180)]
    [InlineData(60, 600)]
    [InlineData(90, 30)] // 60 zeros
    [InlineData(120, 90)]
    public void Pure_positive_noise_has_none_whatever_its_shape(int order, int samples)
    {
        for (ulong seed = 0; seed < 8; seed++)
            Assert.Empty(Outliers.Of(SpectrumOf(Wishart(order, samples, seed))).Eigenvalues);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    public void Pure_symmetric_noise_has_none(int order)
    {
        for (ulong seed = 0; seed < 8; seed++)
            Assert.Empty(Outliers.Of(SpectrumOf(Wigner(order, seed))).Eigenvalues);
    }

    [Fact]
    public void Spikes_planted_into_noise_are_found_on_both_sides()
    {
        // The semicircle ends at 2; a spike of strength s moves an eigenvalue to s + 1/s (Capitaine, Donati-Martin and Féral 2009).
        for (ulong seed = 0; seed < 8; seed++)
        {
            Matrix matrix = Wigner(150, seed);
            foreach ((int place, double strength) in new[] { (3, 4.0), (70, -5), (149, 9) })
                matrix[place, place] += strength;
            var outliers = Outliers.Of(SpectrumOf(matrix));
            Assert.Equal([9.1, -5.2, 4.25], outliers.Eigenvalues, (expected, actual) => Math.Abs(expected - actual) < 0.5);
            Assert.InRange(outliers.Beyond, 1.7, 2.3);
        }
    }

    [Fact]
    public void Directions_of_more_variance_are_found_in_positive_noise_beside_zeros()
    {
        // Eight coordinates with 25 times the variance, 40 that are always 0: (1 + √(100/400))² = 2.25 ends the bulk.
        for (ulong seed = 0; seed < 8; seed++)
        {
            Matrix noise = Wishart(100, 400, seed);
            Matrix matrix = SymmetricMatrices.Of(140, (i, j) => i < 100 && j < 100 ? noise[i, j] * (i < 8 ? 5 : 1) * (j < 8 ? 5 : 1) : 0);
            Assert.Equal(8, Outliers.Of(SpectrumOf(matrix)).Eigenvalues.Length);
        }
    }

    [Fact]
    public void Scale_shift_and_rounding_play_no_part()
    {
        double[] bulk = [.. Enumerable.Range(0, 100).Select(i => 1 + (i * 1e-17))];
        Assert.Empty(Outliers.Of(Of([.. bulk, 1 + 1e-15])).Eigenvalues);
        Assert.Equal([3e300], Outliers.Of(Of([.. bulk.Select(x => x * 1e300), 3e300])).Eigenvalues);
        Assert.Equal([3e-300], Outliers.Of(Of([.. bulk.Select(x => x * 1e-300), 3e-300])).Eigenvalues);
    }

    [Fact]
    public void Where_nothing_makes_a_bulk_nothing_stands_apart()
    {
        Assert.Equal(new Outliers([], 0).Beyond, Outliers.Of(Of([0, 0, 0])).Beyond);
        Assert.Empty(Outliers.Of(Of([100, 2, 1])).Eigenvalues);
        Assert.Empty(Outliers.Of(Of([100, .. new double[50]])).Eigenvalues);
    }

    private static Spectrum Of(double[] eigenvalues) => new(eigenvalues, Spectrum.DoubleRoundoff);

    private static Spectrum SpectrumOf(Matrix matrix) => Of(SymmetricMatrices.Eigenvalues(matrix));

    // AᵀA/samples of a normal A [samples, order].
    private static Matrix Wishart(int order, int samples, ulong seed)
    {
        double[][] columns = [.. Enumerable.Range(0, order).Select(i => Normal(samples, seed, i))];
        return SymmetricMatrices.Of(order, (i, j) => columns[i].Zip(columns[j], (x, y) => x * y).Sum() / samples);
    }

    // Variance 1/order, so that the semicircle ends at 2.
    private static Matrix Wigner(int order, ulong seed)
    {
        double[][] rows = [.. Enumerable.Range(0, order).Select(i => Normal(order, seed, i))];
        return SymmetricMatrices.Of(order, (i, j) => (rows[i][j] + rows[j][i]) / Math.Sqrt(2 * order));
    }

    private static double[] Normal(int count, ulong seed, int index)
    {
        double[] vector = new double[count];
        NormalVectors.Fill(seed, (ulong)index, vector);
        return vector;
    }
}
