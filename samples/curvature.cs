// Curvature by products: eigenpairs at both ends, trace, log-determinant and effective dimension of anything that multiplies, each with an interval.
#:project ../src/Curvature/BasinVolume.Curvature.csproj

using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

// The covariance XᵀX/m of m = 40 points in 20,000 dimensions: as a matrix it would take 3.2 GB.
var points = new Matrix(40, 20_000);
NormalVectors.Fill(seed: 1, index: 0, points.Values);
for (int i = 0; i < points.Rows; i++)
    Vectors.Scale(points.Row(i), 1.0 / (i + 1));

using var threads = new HostThreads(Environment.ProcessorCount);
var options = new MatrixFreeOptions { Largest = 5, Smallest = 0, TraceTolerance = 1e-6, Shifts = [1], Alphas = [1], IsPositiveSemidefinite = true };
MatrixFreeCurvature found = MatrixFreeCurvature.Of(new Covariance(points), options, threads);

foreach (RitzPair pair in found.Pairs!.Pairs)
    Console.WriteLine($"an eigenvalue in {pair.Interval.Low:g12} … {pair.Interval.High:g12}");
Console.WriteLine($"trace in {found.Trace!.Interval}");
SampledNumber determinant = found.LogDeterminants[0].Value!;
Console.WriteLine($"log det(A + I) in {determinant.Interval}, of which {determinant.Bracket.Width:g2} is left by the steps");
Console.WriteLine($"effective dimension in {found.EffectiveDimensions[0].Value!.Interval}");
Console.WriteLine($"{found.Products} products");

// The same from the small matrix XXᵀ/m, which has the same eigenvalues beside zeros.
var gram = new Matrix(points.Rows, points.Rows);
for (int i = 0; i < gram.Rows; i++)
    for (int j = 0; j < gram.Rows; j++)
        gram[i, j] = DotProduct.Of(points.Row(i), points.Row(j)) / points.Rows;
double[] exact = SymmetricEigenvalues.Compute(gram, threads);
double logDeterminant = exact.Sum(value => Math.Log(1 + value)), trace = exact.Sum();
Console.WriteLine($"exactly: largest {exact[^1]:g12}, trace {trace:g12}, log det(A + I) {logDeterminant:g12}");
bool contained = found.Pairs.Pairs[^1].Interval.Contains(exact[^1]) && found.Trace.Interval!.Value.Contains(trace);
return contained && determinant.Interval.Contains(logDeterminant) ? 0 : 1;

internal sealed class Covariance(Matrix points) : ILinearMap
{
    public int Order => points.Columns;

    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation)
    {
        Array.Clear(products.Values);
        for (int v = 0; v < directions.Rows; v++)
            for (int i = 0; i < points.Rows; i++)
                Vectors.AddScaled(products.Row(v), DotProduct.Of(points.Row(i), directions.Row(v)) / points.Rows, points.Row(i));
    }
}
