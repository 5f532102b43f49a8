// Eigenvalues, eigenvectors, inertia and log-determinant of your own symmetric matrix.
#:project ../src/Curvature/BasinVolume.Curvature.csproj

using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

// The second difference on a ring of 200 points: 2 on the diagonal, -1 beside it. Its eigenvalues are 2 - 2 cos(2πk/200), so one is zero.
const int Order = 200;
var matrix = new Matrix(Order, Order);
for (int i = 0; i < Order; i++)
{
    matrix[i, i] = 2;
    matrix[i, (i + 1) % Order] = matrix[(i + 1) % Order, i] = -1;
}

using var threads = new HostThreads(Environment.ProcessorCount);

// All eigenvalues, and the eigenvectors of the three largest: a row each.
Eigenpairs pairs = SymmetricEigenvectors.Compute(matrix, ^3.., threads);

// How small counts as zero follows from what the matrix was computed in; take SingleRoundoff for float32.
var spectrum = new Spectrum(pairs.Eigenvalues.AsSpan(), Spectrum.DoubleRoundoff);
Inertia inertia = spectrum.Inertia;
Console.WriteLine($"{inertia.Positive} positive, {inertia.Zero} zero, {inertia.Negative} negative eigenvalues; zero means up to {spectrum.ZeroTolerance:g2}");
Console.WriteLine($"largest {spectrum.Maximum:g6}, its eigenvector begins {pairs.Vector(2)[0]:f6} {pairs.Vector(2)[1]:f6} {pairs.Vector(2)[2]:f6}");

// The determinant is 0. Over the other eigenvalues its logarithm is that of n², as for every ring.
var determinant = LogDeterminant.Of(spectrum);
Console.WriteLine(
    $"sign {determinant.Sign}, log of the product of the {determinant.Rank} other eigenvalues {determinant.PseudoLogAbsolute:f10}; "
    + $"exactly {2 * Math.Log(Order):f10}");

// log det(A + μI) for several μ, and its slope against log μ.
foreach (DampingPoint point in DampingCurve.Of(spectrum, [1e-6, 1e-3, 1]).Points)
    Console.WriteLine($"log det(A + {point.Mu:g} I) = {point.LogDeterminant.LogAbsolute:f4}, slope {point.Slope:f3}");

return inertia == new Inertia(Order - 1, 1, 0) && Math.Abs(determinant.PseudoLogAbsolute - (2 * Math.Log(Order))) < 1e-9 ? 0 : 1;
