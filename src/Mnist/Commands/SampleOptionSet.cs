using System.CommandLine;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options of every command that computes something of a loss: over which samples, and on what.</summary>
/// <param name="usual">Their usual values.</param>
internal sealed class SampleOptionSet(CurvatureOptions usual)
{
    private readonly Option<string> _data = new("--data") { Description = "Folder with the four IDX files, gzip or raw.", HelpName = "DIR", DefaultValueFactory = _ => DataFolders.Default() };
    private readonly Option<int> _samples = NumberOption.Of("--samples", "Training images to draw.", usual.Samples);
    private readonly Option<Sampling> _sampling = Choice.Of("--sampling", "How they are drawn.", usual.Sampling, Names.Of);
    private readonly Option<long> _seed = NumberOption.Of("--seed", "Seed, as of numpy.random.seed, of the subset and then of the initial weights.", usual.Seed);
    private readonly Option<string?> _indices = new("--indices") { Description = "A .npy file with the indices of the training images to use, instead of drawing them.", HelpName = "FILE.npy" };
    private readonly Option<int> _batchSize = NumberOption.Of("--batch-size", "Samples of a batch.", usual.BatchSize);
    private readonly Option<Weighting> _weighting = Choice.Of("--weighting", "How the samples' losses become one loss.", usual.Weighting, Names.Of);
    private readonly Option<string> _device = new("--device") { Description = "Where to compute: cpu, ilgpu-cpu, opencl[:i], cuda[:i] or auto; see 'devices'.", HelpName = "DEVICE", DefaultValueFactory = _ => usual.Device };
    private readonly Option<Precision> _precision = Choice.Of("--precision", "What the device computes in.", usual.Precision, Names.Of);
    private readonly Option<int> _threads = NumberOption.Of("--threads", "Threads of the processor; no result depends on it.", usual.Threads);
    private readonly Option<long?> _memory = SizeOption.Of("--memory", "What may be held at once, such as 512MiB; half of what is free on the device if left out.");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_data, _samples, _sampling, _seed, _indices, _batchSize, _weighting, _device, _precision, _threads, _memory];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    /// <summary>What was asked; all other options have their usual values.</summary>
    public CurvatureOptions Read(ParseResult parsed) => usual with
    {
        DataFolder = parsed.GetRequiredValue(_data),
        Samples = parsed.GetValue(_samples),
        Sampling = parsed.GetValue(_sampling),
        Seed = parsed.GetValue(_seed),
        IndicesFile = parsed.GetValue(_indices),
        BatchSize = parsed.GetValue(_batchSize),
        Weighting = parsed.GetValue(_weighting),
        Device = parsed.GetRequiredValue(_device),
        Precision = parsed.GetValue(_precision),
        Threads = parsed.GetValue(_threads),
        MemoryBytes = parsed.GetValue(_memory),
    };
}
