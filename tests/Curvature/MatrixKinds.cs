using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests;

/// <summary>A matrix that is hard in its own way.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Matrix">Makes it.</param>
/// <param name="Eigenvalues">Its eigenvalues where they are known; null otherwise.</param>
internal sealed record MatrixKind(string Name, Func<Matrix> Matrix, double[]? Eigenvalues);

/// <summary>The kinds of matrices on which every eigenvalue solver must be right.</summary>
internal static class MatrixKinds
{
    public static IReadOnlyList<MatrixKind> All { get; } =
    [
        WithSpectrum("evenly spaced", 100, i => i - 50),
        WithSpectrum("random spectrum", 90, i => Math.Sin(i * i)),
        WithSpectrum("two values, many times", 100, i => i < 70 ? 3 : -2),
        WithSpectrum("four clusters", 96, i => (i % 4) + (1e-13 * i)),
        WithSpectrum("one cluster", 70, i => 1 + (i * 1e-15)),
        WithSpectrum("one eigenvalue apart from a cluster", 80, i => i == 0 ? 1e6 : 1),
        WithSpectrum("hundreds of zeros", 200, i => i < 160 ? 0 : 1.0 / (i - 159)),
        WithSpectrum("rank two", 60, i => i switch { 0 => 5, 1 => -7, _ => 0 }),
        WithSpectrum("graded over 16 decades", 65, i => Math.Pow(10, -i / 4.0)),
        WithSpectrum("graded over 16 decades, both signs", 64, i => Math.Pow(-1, i) * Math.Pow(10, -i / 4.0)),
        WithSpectrum("graded over 100 decades", 50, i => Math.Pow(10, -2 * i)),
        WithSpectrum("symmetric about zero", 81, i => i - 40),
        WithSpectrum("geometric towards one", 60, i => 1 - Math.Pow(0.5, i)),
        WithSpectrum("a multiple of the identity", 40, _ => -4.5),
        WithSpectrum("elements near 1e-300", 30, i => 1e-300 * (i + 1)),
        WithSpectrum("elements near 1e300", 30, i => 1e300 * (i - 15)),
        new("1 x 1", () => SymmetricMatrices.Diagonal(3), [3]),
        new("2 x 2", () => new Matrix(2, 2, [1, 2, 2, 4]), [0, 5]),
        new("2 x 2, exchange", () => new Matrix(2, 2, [0, 1, 1, 0]), [-1, 1]),
        new("3 x 3", () => SymmetricMatrices.Of(3, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0), [2 - Math.Sqrt(2), 2, 2 + Math.Sqrt(2)]),
        new("zero", () => new Matrix(37, 37), new double[37]),
        new(
            "diagonal",
            () => SymmetricMatrices.Diagonal([.. Enumerable.Range(0, 45).Select(i => Math.Cos(i))]),
            [.. Enumerable.Range(0, 45).Select(i => Math.Cos(i))]),
        // 2 − 2 cos(kπ/(n + 1)), k = 1 … n.
        new("second difference", () => Tridiagonal(150, _ => 2, -1), [.. Enumerable.Range(1, 150).Select(k => 2 - (2 * Math.Cos(k * Math.PI / 151)))]),
        new("Wilkinson W21+", () => Tridiagonal(21, i => Math.Abs(10 - i), 1), null),
        new("Wilkinson W21-", () => Tridiagonal(21, i => 10 - i, 1), null),
        new(
            "glued Wilkinson",
            () => SymmetricMatrices.Of(105, (i, j) => i == j ? Math.Abs(10 - (i % 21)) : Math.Abs(i - j) != 1 ? 0 : Math.Max(i, j) % 21 == 0 ? 1e-8 : 1),
            null),
        // (−n/2 … n/2) in steps of 1: Clement's matrix, with off-diagonal elements ½√(k(n − k)).
        new(
            "Clement",
            () => SymmetricMatrices.Of(41, (i, j) => Math.Abs(i - j) == 1 ? Math.Sqrt(Math.Max(i, j) * (41.0 - Math.Max(i, j))) / 2 : 0),
            [.. Enumerable.Range(0, 41).Select(i => i - 20.0)]),
        new("Hilbert", () => SymmetricMatrices.Of(40, (i, j) => 1.0 / (i + j + 1)), null),
        new("arrow", () => SymmetricMatrices.Of(60, (i, j) => i == j ? i : Math.Min(i, j) == 0 ? 1 : 0), null),
        new(
            "arrow with equal diagonal",
            () => SymmetricMatrices.Of(50, (i, j) => i == j ? 1 : Math.Min(i, j) == 0 ? 0.5 : 0),
            [1 - 3.5, .. Enumerable.Repeat(1.0, 48), 1 + 3.5]),
        // n once, 0 otherwise.
        new("all ones", () => SymmetricMatrices.Of(64, (_, _) => 1), [64, .. new double[63]]),
        new("random", () => SymmetricMatrices.Random(130, seed: 17), null),
        new("block diagonal", () => SymmetricMatrices.Of(66, (i, j) => i / 11 == j / 11 ? Math.Cos(i + j) : 0), null),
        new("ones off the diagonal", () => Tridiagonal(77, _ => 0, 1), [.. Enumerable.Range(1, 77).Select(k => 2 * Math.Cos(k * Math.PI / 78))]),
        new("a coupling whose square underflows", () => Tridiagonal(30, i => i, 1e-200), [.. Enumerable.Range(0, 30).Select(i => (double)i)]),
    ];

    private static MatrixKind WithSpectrum(string name, int order, Func<int, double> eigenvalue)
    {
        double[] eigenvalues = [.. Enumerable.Range(0, order).Select(eigenvalue)];
        return new MatrixKind(name, () => SymmetricMatrices.WithSpectrum(eigenvalues, seed: 7), eigenvalues);
    }

    private static Matrix Tridiagonal(int order, Func<int, double> diagonal, double offDiagonal) =>
        SymmetricMatrices.Of(order, (i, j) => i == j ? diagonal(i) : Math.Abs(i - j) == 1 ? offDiagonal : 0);
}
