using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Curvature.Tests.Densities;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes.Estimated;

/// <summary>
/// The same quadratic loss twice: as the definitions of a dense matrix know it, and as products do. The matrix is diagonal, which directions drawn from all
/// alike cannot tell from any other with its spectrum.
/// </summary>
internal sealed class Models
{
    private readonly double[] _eigenvalues;
    private readonly double[] _gradient;
    private readonly double[] _weights;

    /// <param name="eigenvalues">Of the bare H, ascending.</param>
    /// <param name="gradient">Of the bare loss; 0 where an eigenvalue is.</param>
    /// <param name="weights">θ*.</param>
    public Models(double[] eigenvalues, double[] gradient, double[] weights)
        => (_eigenvalues, _gradient, _weights) = (eigenvalues, gradient, weights);

    public double Loss { get; init; } = 0.3;

    public double WeightDecay { get; init; }

    /// <summary>A spectrum with outliers, a bulk that falls, and zeros, with a gradient and weights.</summary>
    public static Models Of(int order, double least, int seed, double weightDecay = 0)
    {
        var random = new Random(seed);
        double[] eigenvalues =
        [
            .. Enumerable.Range(0, 8).Select(i => 0.7 * Math.Pow(1.5, i))
                .Concat(Enumerable.Range(1, order - 8 - 40).Select(i => least + (0.3 * Math.Pow(i, -1.2)))).Concat(new double[40]).Order(),
        ];
        return new(
            eigenvalues,
            [.. eigenvalues.Select(h => h == 0 ? 0 : 0.05 * Math.Sqrt(h) * (random.NextDouble() - 0.5))],
            [.. eigenvalues.Select(_ => 0.3 * (random.NextDouble() - 0.5))])
        { WeightDecay = weightDecay };
    }

    public QuadraticModel Dense => QuadraticModel.InEigenbasis(
        Loss, new Spectrum(_eigenvalues, new Exactness(Spectrum.DoubleRoundoff)), _gradient, _weights).WithWeightDecay(WeightDecay);

    public Spectrum Bare => new(_eigenvalues, new Exactness(Spectrum.DoubleRoundoff));

    public DiagonalMap Map => new(_eigenvalues);

    /// <summary>What products tell: known zeros taken out, some pairs deflated.</summary>
    public EstimatedModel Estimated(ProbeOptions options, int smallest = 0, int largest = 0, int steps = 60)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int[] zeros = [.. Enumerable.Range(0, _eigenvalues.Length).Where(i => _eigenvalues[i] == 0)];
        QuadraticModel dense = Dense;
        var vectors = new Matrix(2, _eigenvalues.Length);
        for (int i = 0; i < _eigenvalues.Length; i++)
        {
            vectors[0, i] = dense.Gradient[i];
            vectors[1, i] = dense.Gradient[i] - (dense.Hessian.Eigenvalues[i] * _weights[i]);
        }

        var measures = VectorMeasure.Of(Map, vectors, steps, SymmetricMatrices.Threads, cancellation: cancellation);
        RitzPairs? pairs = smallest + largest == 0 ? null : Pairs(smallest, largest);
        return new(
            dense.Loss,
            ProbeQuadratures.Of(Map, pairs, new CoordinateSubspace(zeros), options, SymmetricMatrices.Threads, cancellation: cancellation),
            measures[0])
        {
            WeightDecay = WeightDecay,
            Origin = new(
                Enumerable.Range(0, _eigenvalues.Length).Sum(
                    i => (-dense.Gradient[i] * _weights[i]) + (dense.Hessian.Eigenvalues[i] * _weights[i] * _weights[i] / 2)),
                measures[1]),
        };
    }

    public RitzPairs Pairs(int smallest, int largest) => Spectra.Pairs(_eigenvalues, smallest, largest, angle: 0);
}
