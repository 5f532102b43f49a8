using BasinVolume.Autodiff;
using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Dense;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Benchmarks.Coverage;

/// <summary>The matrices.</summary>
internal static class KnownSpectra
{
    /// <summary>The notebook's network, trained as the notebook trains it: the eigenvalues of its dense Hessian.</summary>
    public static KnownSpectrum Notebook()
    {
        DataParts data = DataFiles.Load(Path.Combine("data", "mnist")) with { Test = null };
        using var work = new NotebookCase<double>(new HostDevice(Environment.ProcessorCount), data, "notebook", 1500);
        new SubsetTrainer<double>(work.Plan, data, work.Indices, new Hyperparameters(10, 64, 1, 0.7, 0)).Run(work.Weights);
        return new(SymmetricEigenvalues.Compute(Hessian.Compute(work.Plan, work.Samples).Matrix, work.Threads));
    }

    /// <summary>As of a trained network: 11 outliers from 0.7 to 10, a bulk that falls like i^−1.2, 10 negative ones down to −0.13, and 360 zeros.</summary>
    public static KnownSpectrum LikeHessian() => Of(order: 1710, outliers: 11, least: 0.7, most: 10, decay: 1.2, negative: 10, depth: 0.13, zeros: 360);

    /// <summary>One of many of the same kind and of orders from 100 to 500, each with numbers of its own.</summary>
    public static KnownSpectrum Random(int seed)
    {
        var random = new Random(seed);
        int order = random.Next(100, 501);
        return Of(
            order, random.Next(1, 13), least: 0.4 + random.NextDouble(), most: 2 + (18 * random.NextDouble()), decay: 0.5 + (1.5 * random.NextDouble()),
            random.Next(order / 10), depth: 0.3 * random.NextDouble(), random.Next(order / 4));
    }

    private static KnownSpectrum Of(int order, int outliers, double least, double most, double decay, int negative, double depth, int zeros)
        => new([
            .. Enumerable.Range(0, outliers).Select(i => least * Math.Pow(most / least, (i + 1.0) / outliers))
                .Concat(Enumerable.Range(1, negative).Select(i => -depth * i / negative))
                .Concat(Enumerable.Repeat(0.0, zeros))
                .Concat(Enumerable.Range(1, order - outliers - negative - zeros).Select(i => 0.3 * Math.Pow(i, -decay)))
                .Order(),
        ]);
}
