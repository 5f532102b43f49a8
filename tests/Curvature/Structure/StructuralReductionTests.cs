using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Structure;

public class StructuralReductionTests
{
    [Fact]
    public void The_contrasts_of_three_coordinates_by_hand()
    {
        // The Laplacian of a triangle with weights 1, 2 and 3, whose rows sum to 0. r₁ = (1, −1, 0)/√2, r₂ = (1, 1, −2)/√6:
        // r₁ L r₁ = (3 + 4 + 2)/2 = 4.5; r₂ L r₂ = (3 + 4 + 20 − 2 + 8 + 12)/6 = 7.5; r₁ L r₂ = (3 − 4 + 4 − 6)/√12 = −3/√12.
        var laplacian = new Matrix(3, 3, [3, -1, -2, -1, 4, -3, -2, -3, 5]);
        StructuralReduction reduction = Reduce(laplacian, new ShiftInvariance("shift", [[0, 1, 2]]));
        Assert.Equal((1, 2), (reduction.Count, reduction.Matrix.Rows));
        Assert.Equal(4.5, reduction.Matrix[0, 0], 1e-14);
        Assert.Equal(7.5, reduction.Matrix[1, 1], 1e-14);
        Assert.Equal(-3 / Math.Sqrt(12), reduction.Matrix[0, 1], 1e-14);
        Assert.Equal(reduction.Matrix[0, 1], reduction.Matrix[1, 0]);
    }

    [Fact]
    public void Softmax_regression_loses_one_zero_for_each_feature_and_keeps_the_rest()
    {
        // K ⊗ x xᵀ summed over samples: class-major weights [C, F] and a bias [C], K = diag p − p pᵀ.
        Matrix hessian = SoftmaxHessian(classes: 4, features: 3, samples: 20);
        var shift = ShiftInvariance.OfClasses("softmax shift", 4, (0, 3), (12, 1));
        StructuralReduction reduction = Reduce(hessian, shift);
        Assert.Equal((16, 12, 4), (hessian.Rows, reduction.Matrix.Rows, reduction.Count));
        Assert.Equal(("softmax shift", 4), (reduction.Groups[0].Name, reduction.Groups[0].Count));
        Assert.InRange(reduction.Groups[0].LargestResidual, 0, 1e-15);

        double[] expected = SymmetricMatrices.Eigenvalues(hessian);
        Spectrum spectrum = reduction.Spectrum(SymmetricMatrices.Eigenvalues(reduction.Matrix), new(Spectrum.DoubleRoundoff));
        for (int i = 0; i < 16; i++)
            Assert.Equal(expected[i], spectrum.Eigenvalues[i], 16 * Spectrum.DoubleRoundoff * expected[^1]);
        Assert.Equal(4, spectrum.Eigenvalues.Count(x => x == 0));
        Assert.Equal(new Inertia(12, 4, 0), spectrum.Inertia);
    }

    // R A Rᵀ as theory writes it: Helmert's matrix in full, two plain products.
    [Fact]
    public void The_reduced_matrix_is_the_turned_one_for_any_number_of_threads()
    {
        Matrix hessian = SoftmaxHessian(classes: 5, features: 40, samples: 30);
        int n = hessian.Rows;
        var shift = ShiftInvariance.OfClasses("shift", 5, (0, 40), (200, 1));
        Matrix turned = Reduce(hessian, shift).Matrix;
        var rotation = new Matrix(n, n);
        foreach (int[] set in shift.Sets.Select(set => set.ToArray()))
        {
            for (int k = 1; k < set.Length; k++)
            {
                for (int i = 0; i <= k; i++)
                    rotation[set[k], set[i]] = (i < k ? 1 : -k) / Math.Sqrt(k * (k + 1.0));
            }
        }

        int[] kept = [.. Enumerable.Range(0, n).Where(i => rotation.Row(i).ContainsAnyExcept(0.0))];
        Assert.Equal(kept.Length, turned.Rows);
        for (int i = 0; i < kept.Length; i++)
        {
            for (int j = 0; j < kept.Length; j++)
            {
                double expected = 0;
                for (int k = 0; k < n; k++)
                    expected += rotation[kept[i], k] * DotProduct.InOrder(hessian.Row(k), rotation.Row(kept[j]));
                // A handful of terms of size 1 at most.
                Assert.Equal(expected, turned[i, j], 1e-14);
            }
        }

        foreach (int count in new[] { 2, 3, 7 })
        {
            using var threads = new HostThreads(count);
            Assert.Equal(turned.Values, StructuralReduction.Of(hessian, [shift], Spectrum.DoubleRoundoff, threads).Matrix.Values);
        }
    }

    [Fact]
    public void A_dead_feature_adds_one_less_than_the_classes()
    {
        Matrix hessian = SoftmaxHessian(classes: 4, features: 3, samples: 20, deadFeature: 1);
        var shift = ShiftInvariance.OfClasses("shift", 4, (0, 3), (12, 1));
        var dead = new UnusedCoordinates("dead", [1, 4, 7, 10]);
        StructuralReduction reduction = Reduce(hessian, dead, shift);
        Assert.Equal([("dead", 3), ("shift", 4)], reduction.Groups.Select(zeros => (zeros.Name, zeros.Count)));
        Assert.Equal((7, 9), (reduction.Count, reduction.Matrix.Rows));
        Spectrum spectrum = reduction.Spectrum(SymmetricMatrices.Eigenvalues(reduction.Matrix), new(Spectrum.DoubleRoundoff));
        Assert.Equal((new Inertia(9, 7, 0), 0), (spectrum.Inertia, reduction.NumericalZeros(spectrum)));
        Assert.Equal(7, new Spectrum(SymmetricMatrices.Eigenvalues(hessian), Spectrum.DoubleRoundoff).Inertia.Zero);
    }

    [Fact]
    public void Zeros_that_nobody_knew_of_are_numerical()
    {
        // K has rank 2 at each of two samples: 4 of 3 · 6 dimensions are curved, 6 are the softmax shift, and two samples do not see the other 8.
        Matrix hessian = SoftmaxHessian(classes: 3, features: 5, samples: 2);
        StructuralReduction reduction = Reduce(hessian, ShiftInvariance.OfClasses("shift", 3, (0, 5), (15, 1)));
        Spectrum spectrum = reduction.Spectrum(SymmetricMatrices.Eigenvalues(reduction.Matrix), new(Spectrum.DoubleRoundoff));
        Assert.Equal((new Inertia(4, 14, 0), 6, 8), (spectrum.Inertia, reduction.Count, reduction.NumericalZeros(spectrum)));
    }

    [Fact]
    public void Unused_coordinates_inside_a_set_leave_a_smaller_set()
    {
        // Of the four classes of the bias, one never counts: its row is zero, and the other three still sum to zero.
        Matrix inner = SoftmaxHessian(classes: 3, features: 0, samples: 9);
        Matrix hessian = SymmetricMatrices.Of(4, (i, j) => i == 2 || j == 2 ? 0 : inner[i > 2 ? i - 1 : i, j > 2 ? j - 1 : j]);
        StructuralReduction reduction = Reduce(hessian, new ShiftInvariance("shift", [[0, 1, 2, 3]]), new UnusedCoordinates("unused", [2]));
        Assert.Equal([("shift", 1), ("unused", 1)], reduction.Groups.Select(zeros => (zeros.Name, zeros.Count)));
        double[] expected = SymmetricMatrices.Eigenvalues(inner);
        double[] actual = SymmetricMatrices.Eigenvalues(reduction.Matrix);
        Assert.Equal(expected[1..], actual, (e, a) => Math.Abs(e - a) < 1e-15);
    }

    [Fact]
    public void Lifted_vectors_are_eigenvectors_of_the_whole_matrix()
    {
        Matrix hessian = SoftmaxHessian(classes: 5, features: 4, samples: 30, deadFeature: 2);
        StructuralReduction reduction = Reduce(
            hessian, ShiftInvariance.OfClasses("shift", 5, (0, 4), (20, 1)), new UnusedCoordinates("dead", [2, 6, 10, 14, 18]));
        Eigenpairs pairs = Dense.SymmetricEigenvectorsTests.Compute(reduction.Matrix);
        Matrix lifted = reduction.Lift(pairs.Vectors);
        for (int k = 0; k < pairs.Count; k++)
        {
            for (int i = 0; i < hessian.Rows; i++)
            {
                double sum = 0;
                for (int j = 0; j < hessian.Rows; j++)
                    sum += hessian[i, j] * lifted[k, j];
                Assert.Equal(pairs.Value(k) * lifted[k, i], sum, 25 * Spectrum.DoubleRoundoff * pairs.Eigenvalues[^1]);
            }

            for (int other = 0; other <= k; other++)
                Assert.Equal(other == k ? 1 : 0, Enumerable.Range(0, hessian.Rows).Sum(i => lifted[k, i] * lifted[other, i]), 25 * Spectrum.DoubleRoundoff);
        }
    }

    [Fact]
    public void The_whole_eigenbasis_has_the_null_directions_at_their_place()
    {
        // A dead feature and a shift of the classes, and a curvature that is negative in one direction, so that zeros stand in the middle.
        Matrix hessian = SoftmaxHessian(classes: 3, features: 2, samples: 30, deadFeature: 1);
        double[] across = [1, 0, -1, 0, 0, 0, 0.5, -0.5, 0];
        hessian = SymmetricMatrices.Of(9, (i, j) => hessian[i, j] - (across[i] * across[j]));
        StructuralReduction reduction = Reduce(hessian, ShiftInvariance.OfClasses("shift", 3, (0, 2), (6, 1)), new UnusedCoordinates("dead", [1, 3, 5]));
        Assert.Equal(5, reduction.Count);
        Eigenpairs whole = reduction.Whole(Dense.SymmetricEigenvectorsTests.Compute(reduction.Matrix));
        Spectrum spectrum = reduction.Spectrum(SymmetricMatrices.Eigenvalues(reduction.Matrix), new(Spectrum.DoubleRoundoff));
        Assert.Equal(spectrum.Eigenvalues, whole.Eigenvalues, (expected, actual) => Math.Abs(expected - actual) < 1e-13 * spectrum.LargestMagnitude);
        Assert.InRange(spectrum.Inertia.Negative, 1, 3);
        Assert.All(Enumerable.Range(spectrum.Inertia.Negative, 5), k => Assert.Equal(0, whole.Value(k)));
        for (int k = 0; k < 9; k++)
        {
            for (int other = 0; other <= k; other++)
                Assert.Equal(other == k ? 1 : 0, Enumerable.Range(0, 9).Sum(i => whole.Vectors[k, i] * whole.Vectors[other, i]), 1e-14);
            for (int i = 0; i < 9; i++)
                Assert.Equal(
                    whole.Value(k) * whole.Vectors[k, i],
                    Enumerable.Range(0, 9).Sum(j => hessian[i, j] * whole.Vectors[k, j]),
                    1e-13 * spectrum.LargestMagnitude);
        }
    }

    [Fact]
    public void Without_null_directions_the_matrix_stays()
    {
        Matrix matrix = SymmetricMatrices.Random(6, seed: 2);
        StructuralReduction reduction = Reduce(matrix);
        Assert.Equal(0, reduction.Count);
        Assert.Equal(matrix.Values, reduction.Matrix.Values);
    }

    [Fact]
    public void A_direction_that_the_matrix_contradicts_is_refused()
    {
        // d = (1, 1, 0)/√2 of diag(3, 4, 0): A d = (3, 4, 0)/√2, of length 5/√2; the norm is 5.
        MatrixException error = Assert.Throws<MatrixException>(() => Reduce(SymmetricMatrices.Diagonal(3, 4, 0), new ShiftInvariance("wrong", [[0, 1]])));
        Assert.Equal(
            "The direction of 'wrong' that begins with coordinate 0 is no null direction of the matrix: "
            + "its image is 0.707 of the matrix's norm where at most 6.66e-16 is expected: "
            + "check that the description belongs to this matrix and to its parameter order.",
            error.Message);
    }

    [Fact]
    public void As_an_identity_it_is_broken_and_refuses_nothing()
    {
        // The same two numbers, 5/√2 and 3 ε · 5; the row of the zero is exact.
        Matrix matrix = SymmetricMatrices.Diagonal(3, 4, 0);
        IdentityCheck broken = StructuralReduction.Check(
            matrix, [new UnusedCoordinates("right", [2]), new ShiftInvariance("wrong", [[0, 1]])], Spectrum.DoubleRoundoff);
        Assert.False(broken.Passed);
        Assert.Equal(5 / Math.Sqrt(2), broken.Residual!.Value, 1e-15);
        Assert.Equal(15 * Spectrum.DoubleRoundoff, broken.Bound!.Value, 1e-30);
        Assert.Contains("'wrong'", broken.Reason, StringComparison.Ordinal);
        Assert.True(StructuralReduction.Check(matrix, [new UnusedCoordinates("right", [2])], Spectrum.DoubleRoundoff).Passed);
        Assert.False(StructuralReduction.Check(matrix, [], Spectrum.DoubleRoundoff).Applies);
    }

    [Fact]
    public void A_description_that_does_not_fit_is_refused()
    {
        Matrix zero = new(4, 4);
        Assert.Contains("coordinate 4 of a matrix of order 4", Refusal(new UnusedCoordinates("u", [4, 0])), StringComparison.Ordinal);
        Assert.Equal("Coordinate 1 of 'u' is named as unused twice: name it once.", Refusal(new UnusedCoordinates("u", [1, 1])));
        Assert.Equal(
            "Coordinate 1 of 't' is named in two shift sets: name it once.", Refusal(new ShiftInvariance("s", [[0, 1]]), new ShiftInvariance("t", [[1, 2]])));
        Assert.Equal("A set of 's' has no coordinates: leave it out.", Refusal(new ShiftInvariance("s", [[]])));

        string Refusal(params NullDirections[] groups) => Assert.Throws<MatrixException>(() => Reduce(zero, groups)).Message;
    }

    /// <summary>Σ (diag p − p pᵀ) ⊗ x xᵀ with weights class-major first and biases last; features random, one of them zero throughout if asked for.</summary>
    private static Matrix SoftmaxHessian(int classes, int features, int samples, int deadFeature = -1)
    {
        var random = new Random(5);
        var hessian = new Matrix(classes * (features + 1), classes * (features + 1));
        for (int s = 0; s < samples; s++)
        {
            double[] x = [.. Enumerable.Range(0, features).Select(j => j == deadFeature ? 0 : random.NextDouble() - 0.5), 1];
            double[] p = [.. Enumerable.Range(0, classes).Select(_ => random.NextDouble())];
            double sum = p.Sum();
            for (int k = 0; k < classes; k++)
                for (int l = 0; l < classes; l++)
                    for (int i = 0; i <= features; i++)
                        for (int j = 0; j <= features; j++)
                            hessian[Place(k, i), Place(l, j)] += ((k == l ? p[k] / sum : 0) - (p[k] * p[l] / (sum * sum))) * x[i] * x[j];
        }

        return SymmetricMatrices.Of(hessian.Rows, (i, j) => (hessian[i, j] + hessian[j, i]) / 2);

        int Place(int k, int i) => i == features ? (classes * features) + k : (k * features) + i;
    }

    private static StructuralReduction Reduce(Matrix matrix, params NullDirections[] groups)
    {
        using var alone = new HostThreads(1);
        return StructuralReduction.Of(matrix, [.. groups], Spectrum.DoubleRoundoff, alone);
    }
}
