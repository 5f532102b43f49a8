using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Benchmarks.Field;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>Training, ours and PyTorch's: the notebook's ten epochs with their tests, and one epoch of ready-made networks.</summary>
internal static class Trainings
{
    private const int BatchSize = 64;

    private static readonly (string Network, int Samples)[] _epochs = [("mlp", 1500), ("lenet5", 1500), ("resnet20", 256)];

    /// <summary>Trains all, or those that are named.</summary>
    public static void Run(IReadOnlyList<string> names)
    {
        var table = new Table("ours", "theirs", "theirs / ours", "what");
        if (names.Count == 0 || names.Contains("notebook"))
            table.Add("notebook: training float32, 10 epochs with test", Notebook());
        foreach ((string network, int samples) in _epochs.Where(epoch => names.Count == 0 || names.Contains(epoch.Network)))
        {
            using var work = new FieldTraining<float>(network, samples, BatchSize);
            table.Add($"{network}: one epoch float32, {samples} samples in batches of {BatchSize}", Turns.Middle(
                5, () => Stopwatches.Median(3, work.Epoch), () => Peer.Run(
                    "training", "--network", network, "--samples", $"{samples}", "--batch", $"{BatchSize}", "--threads", $"{Environment.ProcessorCount}")));
        }

        table.Write();
    }

    private static (double Ours, Peer Theirs) Notebook()
    {
        int threads = Environment.ProcessorCount;
        DataParts data = DataFiles.Load(Path.Combine("data", "mnist"));
        using var work = new NotebookCase<float>(new HostDevice(threads), data, "notebook", 1500);
        var trainer = new SubsetTrainer<float>(work.Plan, data, work.Indices, new Hyperparameters(10, BatchSize, 1, 0.7, 0));
        return Turns.Middle(
            3, () => Stopwatches.Median(3, () => trainer.Run(work.Weights)), () => Peer.Run("notebook-training", "--threads", $"{threads}"));
    }
}
