using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Tests.Training;

/// <summary>Larger networks than the notebook's on real images: they learn, and where they end up their curvature is that of their gradient.</summary>
public sealed class ReadyMadeTrainingTests : IDisposable
{
    private static readonly DataParts Images = DataFiles.Load(Path.Combine(TestFiles.RepositoryRoot(), "data", "mnist"));

    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    [Theory]
    [InlineData("lenet5")]
    [InlineData("residual")]
    public void A_network_trains_and_its_hessian_products_are_differences_of_its_gradient(string model)
    {
        Network network = ModelCatalog.Open(model);
        using var plan = new Plan<double>(network, _device);
        int[] indices = [.. Enumerable.Range(0, 640)];
        DataParts data = Images with { Test = First(Images.Test!, 500) };
        var options = new Hyperparameters(Epochs: 4, BatchSize: 32, LearningRate: 1, Gamma: 0.7, WeightDecay: 0);
        double[] start = InitialWeights.NormalByInputs(network, new NumpyRandom(1).NextGaussian);
        TrainingResult<double> training = new SubsetTrainer<double>(plan, data, indices, options).Run(start);

        // Guessing gets a tenth; 640 images are enough for either network to get most.
        Assert.InRange(training.Epochs[^1].Test!.Correct!.Value, 350, 500);
        Assert.True(training.Epochs[^1].Test!.Loss < training.Epochs[0].Test!.Loss);
        ProductIsDifference(plan, new DatasetSamples(data.Training, indices[..64], SampleWeights.Mean(64)), training.Parameters);
    }

    // The best of several steps: a longer one may cross a kink of ReLU or max-pool, a shorter one drowns in rounding.
    private static void ProductIsDifference(Plan<double> plan, ISamples samples, double[] parameters)
    {
        int n = parameters.Length;
        var random = new NumpyRandom(2);
        double[] direction = [.. Enumerable.Range(0, n).Select(_ => random.NextGaussian() / Math.Sqrt(n))];
        double[] product = Hessian.Multiply(plan, samples, new Matrix(1, n, direction)).Values;
        double error = new[] { 1e-4, 1e-5, 1e-6, 1e-7 }.Min(step => Distance(product, Difference(step)));
        Assert.InRange(error, 0, 1e-6 * Distance(product, new double[n]));

        double[] Difference(double step)
        {
            double[] plus = GradientAt(step), minus = GradientAt(-step);
            return [.. plus.Zip(minus, (p, m) => (p - m) / (2 * step))];
        }

        double[] GradientAt(double step)
        {
            var gradient = new double[n];
            plan.SetParameters([.. parameters.Zip(direction, (p, d) => p + (step * d))]);
            Gradient.Compute(plan, samples, gradient);
            return gradient;
        }
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static Dataset First(Dataset all, int count)
    {
        byte[] levels = [.. Enumerable.Range(0, count).SelectMany(i => all.Pixels(i).ToArray())];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => all.Labels(i)[0])];
        return Dataset.OfPixels(all.Layout, levels, labels).With(all.Normalization);
    }
}
