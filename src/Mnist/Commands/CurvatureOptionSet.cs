using System.CommandLine;
using System.Globalization;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options that every command that computes a Hessian has.</summary>
internal sealed class CurvatureOptionSet
{
    private static readonly CurvatureOptions Usual = new() { DataFolder = string.Empty, OutputFolder = string.Empty };

    private readonly Option<string> _data = new("--data") { Description = "Folder with the four IDX files, gzip or raw.", HelpName = "DIR", DefaultValueFactory = _ => DataFolders.Default() };
    private readonly Option<int> _samples = NumberOption.Of("--samples", "Training images to draw.", Usual.Samples);
    private readonly Option<Sampling> _sampling = Choice.Of("--sampling", "How they are drawn.", Usual.Sampling, Names.Of);
    private readonly Option<long> _seed = NumberOption.Of("--seed", "Seed, as of numpy.random.seed, of the subset and then of the initial weights.", Usual.Seed);
    private readonly Option<string?> _indices = new("--indices") { Description = "A .npy file with the indices of the training images to use, instead of drawing them.", HelpName = "FILE.npy" };
    private readonly Option<int> _batchSize = NumberOption.Of("--batch-size", "Samples of a batch.", Usual.BatchSize);
    private readonly Option<double> _weightDecay = NumberOption.Of("--weight-decay", "λ of the l2 model's penalty ½λ|θ|², and in the volume.", Usual.WeightDecay);
    private readonly Option<double> _initialDeviation = NumberOption.Of("--init-std", "σ of the initial weights, and in the volume.", Usual.InitialDeviation);
    private readonly Option<double> _threshold = NumberOption.Of("--threshold", "T of the volume, in units of the loss.", Usual.Threshold);
    private readonly Option<double> _k = NumberOption.Of("--k", "k of the volume: c = k/σ² is added to the curvature.", Usual.K);
    private readonly Option<Weighting> _weighting = Choice.Of("--weighting", "How the samples' losses become one loss.", Usual.Weighting, Names.Of);
    private readonly Option<Penalty> _penalty = Choice.Of("--penalty", "Whether ½λ|θ|² is part of the loss, gradient and Hessian that are given.", Usual.Penalty, Names.Of);
    private readonly Option<string> _device = new("--device") { Description = "Where to compute: cpu, ilgpu-cpu, opencl[:i], cuda[:i] or auto; see 'devices'.", HelpName = "DEVICE", DefaultValueFactory = _ => Usual.Device };
    private readonly Option<Precision> _precision = Choice.Of("--precision", "What the device computes in.", Usual.Precision, Names.Of);
    private readonly Option<int> _threads = NumberOption.Of("--threads", "Threads of the processor; no result depends on it.", Usual.Threads);
    private readonly Option<long?> _memory = SizeOption.Of("--memory", "What may be held at once, such as 512MiB; half of what is free on the device if left out.");
    private readonly Option<string?> _out = new("--out") { Description = "Folder for the results. [default: runs/TIME-COMMAND]", HelpName = "DIR" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_data, _samples, _sampling, _seed, _indices, _batchSize, _weightDecay, _initialDeviation, _threshold, _k, _weighting, _penalty, _device, _precision, _threads, _memory, _out];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    /// <summary>What was asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">What the folder for results is named after when none is given.</param>
    public CurvatureOptions Read(ParseResult parsed, string command) => new()
    {
        DataFolder = parsed.GetRequiredValue(_data),
        OutputFolder = parsed.GetValue(_out) ?? Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:yyyyMMdd-HHmmss}-{command}")),
        Samples = parsed.GetValue(_samples),
        Sampling = parsed.GetValue(_sampling),
        Seed = parsed.GetValue(_seed),
        IndicesFile = parsed.GetValue(_indices),
        BatchSize = parsed.GetValue(_batchSize),
        WeightDecay = parsed.GetValue(_weightDecay),
        InitialDeviation = parsed.GetValue(_initialDeviation),
        Threshold = parsed.GetValue(_threshold),
        K = parsed.GetValue(_k),
        Weighting = parsed.GetValue(_weighting),
        Penalty = parsed.GetValue(_penalty),
        Device = parsed.GetRequiredValue(_device),
        Precision = parsed.GetValue(_precision),
        Threads = parsed.GetValue(_threads),
        MemoryBytes = parsed.GetValue(_memory),
    };
}
