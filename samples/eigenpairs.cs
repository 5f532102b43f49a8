// The sharpest directions of a trained network by products alone, and how much of the gradient lies along them.
#:project ../src/Basins/BasinVolume.Basins.csproj

using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Basins;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using MathNet.Numerics.LinearAlgebra;

// 400 points of three noisy spirals, a class each.
var random = new Random(1);
var points = new Matrix(400, 2);
int[] labels = [.. Enumerable.Range(0, points.Rows).Select(s => s % 3)];
for (int s = 0; s < points.Rows; s++)
{
    double radius = random.NextDouble(), angle = (2.1 * labels[s]) + (4 * radius) + (0.2 * random.NextDouble());
    (points[s, 0], points[s, 1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
}

var samples = new MatrixSamples(points, labels);
Network network = new NetworkBuilder(new Shape(2)).Linear("0", 24).Tanh().Linear("2", 24).Tanh().Linear("4", 3).SoftmaxLoss().Build();
double[] weights = Trained();

using var curvature = LossCurvature.Of(network, weights, samples);
Console.WriteLine(curvature);
RitzPairs top = curvature.TopEigenpairs(4);
Vector<double> gradient = Vector<double>.Build.Dense(curvature.Gradient.ToArray());
Vector<double> along = top.Vectors.ToMathNet() * gradient;
for (int k = 0; k < along.Count; k++)
    Console.WriteLine($"λ = {top.Pairs[k]}: {100 * Math.Pow(along[k] / gradient.L2Norm(), 2):f1} % of the gradient's square");

// One product more says that the first vector is what it is taken for: |H v − λ v| is the residual.
double[] sharpest = top.Vectors.Row(3).ToArray(), product = curvature.Multiply(sharpest);
Vectors.AddScaled(product, -top.Pairs[3].Value, sharpest);
return EuclideanNorm.Of(product) <= 1e-5 * top.Pairs[3].Value && top.Reason is null ? 0 : 1;

// Adam in batches of 50, with device and plan in the open; the rate falls to a tenth on the way.
double[] Trained()
{
    using var device = new HostDevice(Environment.ProcessorCount);
    using var plan = new Plan<double>(network, device);
    const int Epochs = 60;
    double[] start = InitialWeights.AsPyTorch(network, random.NextDouble);
    var trainer = new Trainer<double>(plan, new Adam<double>(device.Threads, network.ParameterCount, learningRate: 0.02), start);
    foreach (StepResult step in trainer.Steps(samples.Batches(50), Epochs))
        trainer.Optimizer.LearningRate = 0.02 * Math.Pow(0.1, (double)step.Epoch / Epochs);
    return trainer.Weights;
}
