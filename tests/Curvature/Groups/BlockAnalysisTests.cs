using BasinVolume.Curvature.Groups;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Groups;

public class BlockAnalysisTests
{
    [Fact]
    public void Blocks_and_coupling_by_hand()
    {
        // Blocks [[2, 1], [1, 2]] (1 and 3, determinant 3) and [[−4]], coupled by (3, 4).
        var matrix = new Matrix(3, 3, [2, 1, 3, 1, 2, 4, 3, 4, -4]);
        BlockAnalysis analysis = Of(matrix, new("weight", 0, 2), new("bias", 2, 1));
        BlockReport weight = analysis.Blocks[0];
        Assert.Equal(("weight", 4.0, 1), (weight.Group.Name, weight.Trace, weight.LogDeterminant.Sign));
        Assert.Equal([1, 3], weight.Spectrum.Eigenvalues, (e, a) => Math.Abs(e - a) < 1e-14);
        Assert.Equal(Math.Log(3), weight.LogDeterminant.LogAbsolute, 1e-14);
        Assert.Equal((-4.0, -1), (analysis.Blocks[1].Trace, analysis.Blocks[1].LogDeterminant.Sign));
        // √(4 + 1 + 1 + 4), √(9 + 16), 4.
        Assert.Equal(Math.Sqrt(10), analysis.Norms[0][0], 1e-14);
        Assert.Equal(5, analysis.Norms[0][1], 1e-14);
        Assert.Equal(5, analysis.Norms[1][0], 1e-14);
        Assert.Equal(4, analysis.Norms[1][1]);
    }

    [Fact]
    public void Block_norms_add_up_to_the_norm_of_the_matrix()
    {
        Matrix matrix = SymmetricMatrices.Random(30, seed: 3);
        BlockAnalysis analysis = Of(matrix, new("a", 0, 7), new("b", 7, 0), new("c", 7, 13), new("d", 20, 10));
        Assert.Equal(matrix.Values.Sum(x => x * x), analysis.Norms.Sum(row => row.Sum(x => x * x)), 1e-12);
        Assert.Equal(Enumerable.Range(0, 30).Sum(i => matrix[i, i]), analysis.Blocks.Sum(block => block.Trace), 1e-14);
        Assert.Equal((0.0, 1, 0.0), (analysis.Blocks[1].Trace, analysis.Blocks[1].LogDeterminant.Sign, analysis.Norms[1][2]));
        Assert.All(analysis.Blocks, block => Assert.Equal(block.Trace, block.Spectrum.Trace, 1e-13));
    }

    [Fact]
    public void A_group_outside_the_matrix_is_refused()
    {
        Assert.Throws<MatrixException>(() => Of(new Matrix(2, 2), new ParameterGroup("a", 1, 2)));
        Assert.Throws<MatrixException>(() => Of(new Matrix(2, 2), new ParameterGroup("a", -1, 2)));
        Assert.Throws<MatrixException>(() => Of(new Matrix(2, 2), new ParameterGroup("a", 1, int.MaxValue)));
    }

    [Fact]
    public void What_is_not_finite_is_refused() => Assert.Throws<MatrixException>(() => Of(SymmetricMatrices.Diagonal(double.NaN)));

    private static BlockAnalysis Of(Matrix matrix, params ParameterGroup[] groups) =>
        BlockAnalysis.Of(matrix, [.. groups], new(Spectrum.DoubleRoundoff), SymmetricMatrices.Threads, TestContext.Current.CancellationToken);
}
