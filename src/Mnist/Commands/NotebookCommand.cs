using System.CommandLine;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Devices;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Notebook;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Terminal;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>The main job: notebook, and what the program does when no command is given.</summary>
internal sealed class NotebookCommand
{
    private static readonly NotebookOptions Usual = new() { DataFolder = string.Empty, OutputFolder = string.Empty };

    private readonly Option<string> _data = new("--data") { Description = "Folder with the four IDX files, gzip or raw.", HelpName = "DIR", DefaultValueFactory = _ => DataFolders.Default() };
    private readonly Option<int> _samples = Number("--samples", "Training images to draw.", Usual.Samples);
    private readonly Option<Sampling> _sampling = Choice.Of("--sampling", "How they are drawn.", Usual.Sampling, Names.Of);
    private readonly Option<long> _seed = Number("--seed", "Seed, as of numpy.random.seed, of the subset and then of the initial weights.", Usual.Seed);
    private readonly Option<string?> _indices = new("--indices") { Description = "A .npy file with the indices of the training images to use, instead of drawing them.", HelpName = "FILE.npy" };
    private readonly Option<string?> _initialWeights = new("--initial-weights") { Description = "Start from given weights: a folder with plain_init/ and l2_init/, a .npy for each tensor in them.", HelpName = "DIR" };
    private readonly Option<int> _epochs = Number("--epochs", "Passes over the samples.", Usual.Epochs);
    private readonly Option<int> _batchSize = Number("--batch-size", "Samples of a batch.", Usual.BatchSize);
    private readonly Option<double> _learningRate = Number("--lr", "Learning rate of the first epoch.", Usual.LearningRate);
    private readonly Option<double> _gamma = Number("--gamma", "Factor on the plain model's learning rate after each epoch.", Usual.Gamma);
    private readonly Option<double> _weightDecay = Number("--weight-decay", "λ of the l2 model's penalty ½λ|θ|², and in the volume.", Usual.WeightDecay);
    private readonly Option<double> _initialDeviation = Number("--init-std", "σ of the initial weights, and in the volume.", Usual.InitialDeviation);
    private readonly Option<double> _threshold = Number("--threshold", "T of the volume, in units of the loss.", Usual.Threshold);
    private readonly Option<double> _k = Number("--k", "k of the volume: c = k/σ² is added to the curvature.", Usual.K);
    private readonly Option<Weighting> _weighting = Choice.Of("--weighting", "How the samples' losses become one loss.", Usual.Weighting, Names.Of);
    private readonly Option<string> _device = new("--device") { Description = "Where to compute: cpu, ilgpu-cpu, opencl[:i], cuda[:i] or auto; see 'devices'.", HelpName = "DEVICE", DefaultValueFactory = _ => Usual.Device };
    private readonly Option<Precision> _precision = Choice.Of("--precision", "What the device computes in.", Usual.Precision, Names.Of);
    private readonly Option<int> _threads = Number("--threads", "Threads of the processor; no result depends on it.", Usual.Threads);
    private readonly Option<string?> _out = new("--out") { Description = "Folder for the results. [default: runs/TIME-notebook]", HelpName = "DIR" };

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _data, _samples, _sampling, _seed, _indices, _initialWeights, _epochs, _batchSize, _learningRate, _gamma, _weightDecay, _initialDeviation,
            _threshold, _k, _weighting, _device, _precision, _threads, _out,
        ];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(Read(parsed), cancellation)));
    }

    private static Option<TNumber> Number<TNumber>(string name, string description, TNumber usual)
        where TNumber : struct, IParsable<TNumber>
        => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                string word = result.Tokens[^1].Value;
                if (TNumber.TryParse(word, CultureInfo.InvariantCulture, out TNumber value))
                    return value;
                result.AddError($"{name} must be a {(typeof(TNumber) == typeof(double) ? "number" : "whole number in range")}; got '{word}'.");
                return default;
            },
        };

    private static int Run(NotebookOptions options, CancellationToken cancellation)
    {
        options.Check();
        IAnsiConsole console = Terminals.StandardError();
        RunFolder folder = RunFolder.Open(options.OutputFolder);
        using var log = new RunLog(folder.LogFile);
        try
        {
            var view = new RunView(console, log);
            using Device device = DeviceCatalog.Open(options.Device, options.Threads);
            view.Say($"{Names.Of(device.Description.Kind)}: {device.Description.Name}, {device.Description.Threads} threads, {Names.Of(options.Precision)}");
            NotebookResult result = new NotebookRun(options, device, folder, view, cancellation).Execute();
            ResultDocument.Write(folder.ResultFile, result);
            NotebookReport.Print(console, result);
            view.Say(FormattableString.Invariant($"{result.Seconds:f1} s; results are in {folder.FullPath}"));
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            log.Write(e is ExplainedException or OperationCanceledException ? e.Message : e.ToString());
            throw;
        }
    }

    private NotebookOptions Read(ParseResult parsed) => new()
    {
        DataFolder = parsed.GetRequiredValue(_data),
        OutputFolder = parsed.GetValue(_out) ?? Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:yyyyMMdd-HHmmss}-notebook")),
        Samples = parsed.GetValue(_samples),
        Sampling = parsed.GetValue(_sampling),
        Seed = parsed.GetValue(_seed),
        IndicesFile = parsed.GetValue(_indices),
        InitialWeightsFolder = parsed.GetValue(_initialWeights),
        Epochs = parsed.GetValue(_epochs),
        BatchSize = parsed.GetValue(_batchSize),
        LearningRate = parsed.GetValue(_learningRate),
        Gamma = parsed.GetValue(_gamma),
        WeightDecay = parsed.GetValue(_weightDecay),
        InitialDeviation = parsed.GetValue(_initialDeviation),
        Threshold = parsed.GetValue(_threshold),
        K = parsed.GetValue(_k),
        Weighting = parsed.GetValue(_weighting),
        Device = parsed.GetRequiredValue(_device),
        Precision = parsed.GetValue(_precision),
        Threads = parsed.GetValue(_threads),
    };
}
