using System.CommandLine;
using BasinVolume.Data.Subsets;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options of every command that works with samples: which they are, and on what it computes.</summary>
/// <param name="usual">Their usual values.</param>
internal sealed class SampleOptionSet(JobOptions usual)
{
    private readonly DataOptionSet _data = new();
    private readonly Option<int> _samples = NumberOption.Of("--samples", "Training samples to draw.", usual.Samples, NumberRanges.Count);
    private readonly Option<Choice<Sampling>> _sampling = Choice.Of(
        "--sampling", "How they are drawn; all takes every training sample once, in order.", usual.Sampling, ChoiceNames.Of);
    private readonly Option<long> _seed = NumberOption.Of(
        "--seed", "Seed, as of numpy.random.seed, of the subset and then of the initial weights.", usual.Seed, NumberRanges.NumpySeed);
    private readonly Option<string?> _indices = new("--indices")
    {
        Description = "A .npy file with the indices of the training samples to use, instead of drawing them.",
        HelpName = "FILE.npy",
    };

    private readonly NormalizeOptionSet _normalize = new();
    private readonly Option<int> _batchSize = NumberOption.Of("--batch-size", "Samples of a batch.", usual.BatchSize, NumberRanges.Count);
    private readonly Option<string> _device = DeviceOption.Create();
    private readonly Option<Choice<Precision>> _precision = Choice.Of("--precision", "What the device computes in.", usual.Precision, ChoiceNames.Of);
    private readonly Option<int?> _threads = ThreadsOption.Create();
    private readonly Option<long?> _memory = SizeOption.Of(
        "--memory", "What may be held at once, such as 512MiB. [default: half of what is free on the device]");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            .. _data.All, _samples, _sampling, _seed, _indices, .. _normalize.All, _batchSize, _device, _precision, _threads, _memory, .. MpiOption.All,
        ];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    /// <summary>What was asked; all other options have their usual values.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="run">The folder of a run whose model it is for; null, or any other folder or file, where there is none.</param>
    public JobOptions Read(ParseResult parsed, string? run) => usual with
    {
        Data = _data.Read(parsed, run),
        Samples = parsed.GetValue(_samples),
        Sampling = parsed.GetValue(_sampling),
        Seed = parsed.GetValue(_seed),
        IndicesFile = parsed.GetValue(_indices),
        Normalize = _normalize.Read(parsed),
        BatchSize = parsed.GetValue(_batchSize),
        Device = DeviceOption.Read(parsed, _device),
        Precision = parsed.GetValue(_precision),
        Threads = ThreadsOption.Read(parsed, _threads),
        MemoryBytes = parsed.GetValue(_memory),
        CommandLine = Repeatable.Of(parsed),
    };
}
