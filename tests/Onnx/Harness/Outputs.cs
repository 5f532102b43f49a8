using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Onnx.Schema;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace BasinVolume.Onnx.Tests.Harness;

/// <summary>What a network gives: as it was read here, and as ONNX Runtime computes it from the same file.</summary>
internal static class Outputs
{
    /// <summary>The outputs for samples, a row each.</summary>
    public static double[] Of(ImportedNetwork imported, double[] samples)
    {
        Network network = imported.Network;
        int count = samples.Length / network.Input.Size;
        var inputs = new Matrix(count, network.Input.Size, samples);
        ISamples read = network.Loss.TakesLabels
            ? new MatrixSamples(inputs, new int[count * network.Loss.LabelsPerSample])
            : new MatrixSamples(inputs, new Matrix(count, network.Loss.TargetLength));
        using var device = new HostDevice(threads: 1);
        using var plan = new Plan<double>(network, device);
        plan.SetParameters(imported.Weights);
        return [.. Evaluation.Outputs(plan, read).Values];
    }

    /// <summary>What ONNX Runtime gives; the test is skipped where its native library does not load.</summary>
    public static double[] OfRuntime(byte[] model, double[] samples, params int[] sample)
    {
        InferenceSession session;
        try
        {
            session = new InferenceSession(model);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            Assert.Skip($"ONNX Runtime cannot be loaded here: {(e.InnerException ?? e).Message}");
            throw;
        }

        using (session)
        {
            int[] dims = [samples.Length / sample.Aggregate(1, (product, size) => product * size), .. sample];
            NodeMetadata input = session.InputMetadata.Values.Single();
            string name = session.InputMetadata.Keys.Single();
            NamedOnnxValue value = input.ElementType == typeof(double) ? ValueOf(name, dims, samples)
                : input.ElementType == typeof(long) ? ValueOf(name, dims, Array.ConvertAll(samples, x => (long)x))
                : ValueOf(name, dims, Array.ConvertAll(samples, x => (float)x));
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([value]);
            return results[0].Value is Tensor<double> doubles ? [.. doubles] : [.. results[0].AsTensor<float>().Select(x => (double)x)];
        }
    }

    private static NamedOnnxValue ValueOf<T>(string name, int[] dims, T[] elements)
        => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(elements, dims));

    /// <summary>Samples with elements between −1 and 1, which are float32 as well.</summary>
    public static double[] Samples(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)((2 * random.NextDouble()) - 1))];
    }

    /// <summary>Weights of that kind.</summary>
    public static float[] Weights(int count, int seed = 2) => Array.ConvertAll(Samples(count, seed), x => (float)(x / 2));

    /// <summary>A single whole number.</summary>
    public static TensorProto Whole(string name, long value) => new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { value } };

    /// <summary>Truth values.</summary>
    public static TensorProto Truths(string name, int[] dims, params int[] values)
        => new() { Name = name, DataType = (int)TensorProto.Types.DataType.Bool, Dims = { dims.Select(dim => (long)dim) }, Int32Data = { values } };

    /// <summary>Checks that two lists agree to so much of the largest element.</summary>
    public static void AssertClose(double[] expected, double[] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * largest, $"element {i} is {actual[i]:r}, expected {expected[i]:r}");
    }
}
