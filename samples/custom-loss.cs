// A loss that no network gave: its stationary point, its Hessian by products, and its basin along rays of the true loss.
#:project ../src/Curvature/BasinVolume.Curvature.csproj

using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

// Newton's method from a point that is no minimum.
var loss = new Quartic(6);
StationaryPoint found = new TrustRegionNewton(loss, tolerance: 1e-12, mostSteps: 100).From([1, -0.5, 0.3, 0.2, -0.1, 0.4]);
Console.WriteLine($"{found.End} after {found.Steps.Length} steps: loss {found.Last.Loss:g3}, |gradient| {found.Last.GradientNorm:g3}");

// The Hessian there, by one product for each unit vector.
using var threads = new HostThreads(Environment.ProcessorCount);
double[] weights = [.. found.Weights];
loss.MoveTo(weights, new double[6]);
var unit = new Matrix(6, 6);
for (int i = 0; i < 6; i++)
    unit[i, i] = 1;
var hessian = new Matrix(6, 6);
loss.Hessian.Multiply(unit, hessian, CancellationToken.None);
var spectrum = new Spectrum(SymmetricEigenvalues.Compute(hessian, threads), Spectrum.DoubleRoundoff);
Console.WriteLine(spectrum);

// The share of a prior in the basin: of the quadratic model, and of the loss itself along 2,000 rays.
var threshold = BasinThreshold.Excess(0.1);
var prior = new GaussianPrior(PriorCentre.Weights, deviation: 0.5);
GaussianMeasure quadratic = GaussianMeasure.Of(QuadraticModel.AtMinimum(found.Last.Loss, spectrum), threshold, prior);
var search = new RaySearch(loss, weights, new IdentityPreconditioner(), new RaySampling(rays: 2000, seed: 1), threads);
RayVolume rays = RayVolume.Gaussian(search.Cross(threshold), prior);
Console.WriteLine(quadratic);
Console.WriteLine(rays);

// The quartic term makes the true basin smaller.
return found.End == SearchEnd.Converged && rays.Interval is { } interval && interval.High < quadratic.LogValue ? 0 : 1;

// L = ½ Σ (i + 1) w_i² + Σ w_i⁴, with its minimum at 0.
internal sealed class Quartic(int count) : ILossAtWeights, IDifferentiableLoss
{
    private readonly double[] _at = new double[count];

    public int ParameterCount => count;

    public double UnitRoundoff => Spectrum.DoubleRoundoff;

    // H = diag(i + 1 + 12 w_i²) where the search was last.
    public ILinearMap Hessian => new DiagonalMap([.. _at.Select((w, i) => i + 1 + (12 * w * w))]);

    public double MoveTo(double[] weights, double[] gradient)
    {
        weights.CopyTo(_at, 0);
        for (int i = 0; i < count; i++)
            gradient[i] = ((i + 1) * weights[i]) + (4 * Math.Pow(weights[i], 3));
        return Of(weights);
    }

    public void Evaluate(ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation)
    {
        for (int v = 0; v < losses.Length; v++)
            losses.Span[v] = Of(weights.Span.Slice(v * count, count));
    }

    private static double Of(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += (0.5 * (i + 1) * weights[i] * weights[i]) + Math.Pow(weights[i], 4);
        return sum;
    }
}

internal sealed class DiagonalMap(double[] diagonal) : ILinearMap
{
    public int Order => diagonal.Length;

    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation)
    {
        for (int v = 0; v < directions.Rows; v++)
            for (int i = 0; i < Order; i++)
                products[v, i] = diagonal[i] * directions[v, i];
    }
}
