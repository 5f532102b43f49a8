// The exact Hessian of your own network on your own samples, and what it tells.
#:project ../src/Basins/BasinVolume.Basins.csproj

using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

// 300 points of the square [-1, 1]², labelled by whether they lie in a circle.
var random = new Random(1);
var points = new Matrix(300, 2, [.. Enumerable.Range(0, 600).Select(_ => (2 * random.NextDouble()) - 1)]);
int[] labels = [.. Enumerable.Range(0, 300).Select(s => Math.Pow(points[s, 0], 2) + Math.Pow(points[s, 1], 2) < 0.5 ? 1 : 0)];
var samples = new MatrixSamples(points, labels);

// A chain of layers ends in a loss. Parameters are named and ordered as in PyTorch: hidden.weight, hidden.bias, out.weight, out.bias.
Network network = new NetworkBuilder(new Shape(2)).Linear("hidden", 8).Tanh().Linear("out", 2).SoftmaxLoss().Build();
double[] weights = Descended(3000);

using var curvature = LossCurvature.Of(network, weights, samples);
Console.WriteLine(curvature);
Spectrum spectrum = curvature.Eigenvalues();
Console.WriteLine(
    $"eigenvalues {spectrum.Minimum:g4} to {spectrum.Maximum:g4}: {spectrum.Inertia.Positive} positive, "
    + $"{spectrum.Inertia.Zero} zero, {spectrum.Inertia.Negative} negative");
GaussianMeasure volume = curvature.Volume(BasinThreshold.Excess(0.05), new GaussianPrior(PriorCentre.Weights, 0.5));
Console.WriteLine($"log of the prior's share in the basin: {volume.LogValue:f4} ± {volume.Error:g1}");

// A linear layer before a softmax has a zero for each of its inputs and one for its bias, whatever the weights: 9 here.
return spectrum.Inertia.Zero >= 9 && volume.LogValue < 0 ? 0 : 1;

// Gradient descent, with device and plan in the open: a plan is a network in a device's memory, and weights from elsewhere go to SetParameters in the same way.
double[] Descended(int steps)
{
    using var device = new HostDevice(Environment.ProcessorCount);
    using var plan = new Plan<double>(network, device);
    double[] at = [.. Enumerable.Range(0, network.ParameterCount).Select(_ => random.NextDouble() - 0.5)], gradient = new double[at.Length];
    for (int step = 0; step < steps; step++)
    {
        plan.SetParameters(at);
        Gradient.Compute(plan, samples, gradient);
        for (int i = 0; i < at.Length; i++)
            at[i] -= gradient[i];
    }

    return at;
}
