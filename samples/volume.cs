// The volume of a quadratic basin ½ δᵀHδ ≤ T around a minimum, by two definitions; the second is checked by drawing.
#:project ../src/Curvature/BasinVolume.Curvature.csproj

using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

// A Hessian with steep, flat and negative curvature, and how far the loss may rise.
var hessian = new Matrix(4, 4, [5, 1, 0, 0, 1, 2, 0.5, 0, 0, 0.5, 0.1, 0, 0, 0, 0, 0.01]);
const double Rise = 0.3;
BasinThreshold threshold = BasinThreshold.Excess(Rise);

using var threads = new HostThreads(1);
var spectrum = new Spectrum(SymmetricEigenvalues.Compute(hessian, threads), Spectrum.DoubleRoundoff);
QuadraticModel model = QuadraticModel.AtMinimum(0, spectrum);

// In units of the parameters: infinite where a direction is flat or negative, and then the reason is given instead.
QuadraticVolume volume = QuadraticVolume.AroundMinimum(model, threshold, shift: 0);
Console.WriteLine($"quadratic: {volume.LogVolume?.ToString("f6") ?? volume.Reason}");

// With the notebook's prior curvature added it is finite; the parts say what it is made of.
volume = QuadraticVolume.AroundMinimum(model, threshold, shift: 4);
Console.WriteLine($"quadratic, H + 4 I: {volume.LogVolume:f6} nats = {string.Join(" + ", volume.Split.Select(term => $"{term.Name} {term.Nats:f6}"))}");

// The share of a Gaussian N(θ*, ½² I) that lies in the basin: a number without units, for any signs of the eigenvalues.
GaussianMeasure measure = GaussianMeasure.Of(model, threshold, new GaussianPrior(PriorCentre.Weights, deviation: 0.5));
double share = Math.Exp(measure.LogProbability!.Value);
Console.WriteLine($"Gaussian measure: {measure.LogProbability:f4} ± {measure.Error:g1} nats, a share of {share:f4}");

// The same share by drawing, in H's eigenbasis.
const int Draws = 100_000;
double[] z = new double[4];
int inside = 0;
for (int draw = 0; draw < Draws; draw++)
{
    NormalVectors.Fill(seed: 1, index: (ulong)draw, z);
    double rise = spectrum.Eigenvalues.Select((h, i) => 0.5 * h * Math.Pow(0.5 * z[i], 2)).Sum();
    if (rise <= Rise)
        inside++;
}

Console.WriteLine($"of {Draws} draws: {(double)inside / Draws:f4}");

// The measure is exact; four standard errors are left to the draws.
return Math.Abs(((double)inside / Draws) - share) < 4 * Math.Sqrt(share * (1 - share) / Draws) ? 0 : 1;
