// The exact Hessian of your own network on your own samples, and what it tells.
#:project ../src/Autodiff/BasinVolume.Autodiff.csproj
#:project ../src/Curvature/BasinVolume.Curvature.csproj

using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

// 300 points of the square [-1, 1]², labelled by whether they lie in a circle.
var random = new Random(1);
var points = new Matrix(300, 2, [.. Enumerable.Range(0, 600).Select(_ => (2 * random.NextDouble()) - 1)]);
int[] labels = [.. Enumerable.Range(0, 300).Select(s => Math.Pow(points[s, 0], 2) + Math.Pow(points[s, 1], 2) < 0.5 ? 1 : 0)];
var samples = new MatrixSamples(points, labels);

// A chain of layers ends in a loss. Parameters are named and ordered as in PyTorch: hidden.weight, hidden.bias, out.weight, out.bias.
Network network = new NetworkBuilder(new Shape(2)).Linear("hidden", 8).Tanh().Linear("out", 2).SoftmaxLoss().Build();
using var device = new HostDevice(Environment.ProcessorCount);
using var plan = new Plan<double>(network, device);

// Gradient descent. Weights from elsewhere go to SetParameters in the same way.
double[] weights = [.. Enumerable.Range(0, network.ParameterCount).Select(_ => random.NextDouble() - 0.5)];
double[] gradient = new double[network.ParameterCount];
for (int step = 0; step < 3000; step++)
{
    plan.SetParameters(weights);
    Gradient.Compute(plan, samples, gradient);
    for (int i = 0; i < weights.Length; i++)
        weights[i] -= gradient[i];
}

plan.SetParameters(weights);
Hessian hessian = Hessian.Compute(plan, samples);
var spectrum = new Spectrum(SymmetricEigenvalues.Compute(hessian.Matrix, device.Threads), Spectrum.DoubleRoundoff);
Console.WriteLine($"{network.ParameterCount} parameters, loss {hessian.Loss:f4}, |gradient| {hessian.GradientNorm:g3}");
Console.WriteLine(
    $"eigenvalues {spectrum.Minimum:g4} to {spectrum.Maximum:g4}: {spectrum.Inertia.Positive} positive, "
    + $"{spectrum.Inertia.Zero} zero, {spectrum.Inertia.Negative} negative");

// A linear layer before a softmax has a zero for each of its inputs and one for its bias, whatever the weights: 9 here.
return spectrum.Inertia.Zero >= 9 ? 0 : 1;
