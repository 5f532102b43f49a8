using System.Security.Cryptography;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Onnx;

namespace BasinVolume.Mnist.Models;

/// <summary>How far a network's outputs are from those that its owner's framework computes.</summary>
/// <param name="File">Where inputs and outputs were read.</param>
/// <param name="Sha256">Of that file.</param>
/// <param name="Samples">How many samples were compared.</param>
/// <param name="Difference">The largest difference of an output.</param>
/// <param name="Largest">The largest output there, without its sign.</param>
/// <param name="Bound">The largest difference that rounding explains.</param>
/// <param name="Compared">What was compared: logits, or what the file's network gives behind them.</param>
public sealed record LogitCheck(string File, string Sha256, int Samples, double Difference, double Largest, double Bound, string Compared)
{
    /// <summary>For a person.</summary>
    public string Said => FormattableString.Invariant(
        $"{Compared} of {Samples} samples in {File} differ by at most {Difference:g3}, of outputs up to {Largest:g3} (rounding explains {Bound:g2})");

    /// <summary>Compares a network with a .npz file: x, samples as the file of the network takes them, and logits, an output a sample.</summary>
    /// <param name="imported">The network with its weights.</param>
    /// <param name="weights">The weights that are used.</param>
    /// <param name="file">The .npz file.</param>
    /// <exception cref="DataException">It cannot be read, or its arrays have other shapes.</exception>
    /// <exception cref="LogitsException">
    /// The outputs differ by more than √ε of the largest, ε being the rounding of the coarser of weights and logits: half of their digits.
    /// </exception>
    public static LogitCheck Of(ImportedNetwork imported, double[] weights, string file)
    {
        ArgumentNullException.ThrowIfNull(imported);
        IReadOnlyDictionary<string, NpyArray> arrays = Npz.Read(file, "x", "logits");
        Network network = imported.Network;
        double[] x = Inputs(imported, arrays["x"], file, out int samples);
        NpyArray logits = arrays["logits"];
        int outputs = network.Values[network.OutputValue].Size;
        if (logits.Count != (long)samples * outputs || logits.Shape.Count == 0 || logits.Shape[0] != samples)
            throw new DataException(
                $"{file} has logits of shape ({string.Join(", ", logits.Shape)}), expected ({samples}, {outputs}), an output of the network for each sample; "
                + "save what the network gives for x.");
        double[] expected = logits.AsDoubles(), actual = Outputs(network, weights, x, samples);
        double largest = expected.Max(Math.Abs);
        (double difference, string compared) = new[] { (actual, "the logits"), (Behind(actual, outputs, imported.TakenOff), $"the {imported.TakenOff}") }
            .Select(pair => (LargestDifference(pair.Item1, expected), pair.Item2)).MinBy(pair => pair.Item1);
        double bound = Math.Sqrt(RoundingOf(Math.Min(imported.Bits, logits.RealBits ?? 64))) * largest;
        string hash = Convert.ToHexStringLower(SHA256.HashData(InputFile.ReadAll(file, Array.MaxLength)));
        var check = new LogitCheck(Path.GetFullPath(file), hash, samples, difference, largest, bound, compared);
        return difference <= bound
            ? check
            : throw new LogitsException($"The network that was read is not the one whose outputs are in {file}: {check.Said}; compare how x was prepared.");
    }

    private static double[] Inputs(ImportedNetwork imported, NpyArray x, string file, out int samples)
    {
        int[] given = [.. x.Shape.Skip(1)];
        int[] own = [.. imported.Network.Input.Dimensions], inFile = [.. imported.FileInput.Dimensions];
        if (x.Shape.Count < 2 || x.Shape[0] < 1 || !(given.SequenceEqual(own) || given.SequenceEqual(inFile)))
            throw new DataException(
                $"{file} has x of shape ({string.Join(", ", x.Shape)}), expected (N, {string.Join(", ", inFile)}), samples as the network takes them; "
                + "save these.");
        samples = x.Shape[0];
        double[] values = x.AsDoubles();
        return given.SequenceEqual(own) ? values : ChannelsFirst(values, samples, given);
    }

    private static double[] ChannelsFirst(double[] values, int samples, int[] sample)
    {
        int pixels = sample[0] * sample[1], channels = sample[2];
        var turned = new double[values.Length];
        for (int s = 0; s < samples; s++)
        {
            Span<double> image = turned.AsSpan(s * pixels * channels, pixels * channels);
            for (int p = 0; p < pixels; p++)
            {
                for (int c = 0; c < channels; c++)
                    image[(c * pixels) + p] = values[(((s * pixels) + p) * channels) + c];
            }
        }

        return turned;
    }

    private static double[] Outputs(Network network, double[] weights, double[] x, int samples)
    {
        var inputs = new Matrix(samples, network.Input.Size, x);
        ISamples read = network.Loss.TakesLabels
            ? new MatrixSamples(inputs, new int[samples * network.Loss.LabelsPerSample])
            : new MatrixSamples(inputs, new Matrix(samples, network.Loss.TargetLength));
        using var device = new HostDevice(Environment.ProcessorCount);
        using var plan = new Plan<double>(network, device);
        plan.SetParameters(weights);
        return [.. Evaluation.Outputs(plan, read).Values];
    }

    // What the file's network gives where the loss has the end of it.
    private static double[] Behind(double[] logits, int outputs, string? takenOff)
    {
        double[] behind = [.. logits];
        for (int first = 0; first < behind.Length; first += outputs)
        {
            Span<double> row = behind.AsSpan(first, outputs);
            double largest = double.NegativeInfinity, sum = 0;
            foreach (double logit in row)
                largest = Math.Max(largest, logit);
            foreach (double logit in row)
                sum += Math.Exp(logit - largest);
            for (int k = 0; k < outputs; k++)
            {
                row[k] = takenOff switch
                {
                    "Softmax" => Math.Exp(row[k] - largest) / sum,
                    "LogSoftmax" => row[k] - largest - Math.Log(sum),
                    "Sigmoid" => 1 / (1 + Math.Exp(-row[k])),
                    _ => row[k],
                };
            }
        }

        return behind;
    }

    private static double LargestDifference(double[] actual, double[] expected)
        => actual.Zip(expected, (a, b) => Math.Abs(a - b) is var difference && double.IsNaN(difference) ? double.PositiveInfinity : difference).Max();

    private static double RoundingOf(int bits) => bits switch
    {
        16 => 1.0 / (1 << 10),
        32 => 1.0 / (1 << 23),
        _ => 1.0 / (1L << 52),
    };
}

/// <summary>A network's outputs are not those that its owner has of it.</summary>
/// <param name="message">One sentence: what, which file, expected, got, what to do.</param>
public sealed class LogitsException(string message) : ExplainedException(message);
