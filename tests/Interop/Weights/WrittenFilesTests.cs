using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;

namespace BasinVolume.Interop.Tests.Weights;

/// <summary>What the program writes, byte for byte, and what NumPy and PyTorch make of it. Fixtures/README.md says how the files came to be.</summary>
public sealed class WrittenFilesTests : IDisposable
{
    private static readonly TensorShape[] Tensors = [new("conv1.weight", [2, 1, 2, 2]), new("conv1.bias", [2]), new("fc.weight", [1, 300]), new("scale", [])];

    // 0.1 and 1/3 have no short binary form, and 5e-324 is the smallest double.
    private static readonly double[] Values = [0.1, -2, 1.0 / 3, 4, 5e-324, 6, -0.0, 8, 0.5, 1e300, .. Enumerable.Range(0, 300).Select(i => (double)i), -7.25];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("written.pt")]
    [InlineData("written.npz")]
    [InlineData("written.safetensors")]
    public void A_file_is_byte_for_byte_what_it_was(string name)
    {
        // A zip file says on what system it was made.
        Assert.SkipWhen(OperatingSystem.IsWindows() && !name.EndsWith("safetensors", StringComparison.Ordinal), "The fixture was made on Unix.");
        Assert.Equal(File.ReadAllBytes(TestFiles.Fixture("Interop", name)), File.ReadAllBytes(Write(name)));
    }

    [Theory]
    [InlineData("written.pt")]
    [InlineData("written.npz")]
    [InlineData("written.safetensors")]
    public void What_is_written_is_read_with_the_same_bits(string name)
    {
        Assert.Equal(Bits(Values), Bits(WeightFile.Read(TestFiles.Fixture("Interop", name), Tensors).Values));
        Assert.Equal(Bits(Values), Bits(WeightFile.Read(Write(name), Tensors).Values));
    }

    [Fact]
    public void Single_precision_stays_single()
    {
        float[] singles = Array.ConvertAll(Values, value => (float)Math.Clamp(value, -1e30, 1e30));
        double[] expected = Array.ConvertAll(singles, value => (double)value);
        TorchCheckpoint.Write<float>(_folder.PathOf("single.pt"), Tensors, singles);
        Npz.Write<float>(_folder.PathOf("single.npz"), Tensors, singles);
        Assert.Equal(expected, WeightFile.Read(_folder.PathOf("single.pt"), Tensors).Values);
        Assert.Equal(expected, WeightFile.Read(_folder.PathOf("single.npz"), Tensors).Values);
        Assert.InRange(new FileInfo(_folder.PathOf("single.pt")).Length, 0, new FileInfo(Write("written.pt")).Length - (4 * Values.Length));
    }

    [Fact]
    public void The_values_must_fit_the_tensors()
    {
        Assert.Throws<ArgumentException>(() => TorchCheckpoint.Write<double>(_folder.PathOf("a.pt"), Tensors, [1]));
        Assert.Throws<ArgumentException>(() => Npz.Write<double>(_folder.PathOf("a.npz"), Tensors, [1]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("False")]
    [InlineData("True")]
    public void PyTorch_loads_the_state_dict_with_equal_tensors(string weightsOnly)
    {
        string printed = PythonProcess.Run(
            "torch",
            $$"""
            import sys, numpy, torch
            state = torch.load(sys.argv[1], weights_only={{weightsOnly}})
            print(type(state).__name__)
            for name, tensor in state.items():
                numpy.save(sys.argv[2] + "/" + name + ".npy", tensor.numpy())
                print(name, list(tensor.shape), tensor.dtype, tensor.is_contiguous(), tensor.requires_grad)
            """,
            TestFiles.Fixture("Interop", "written.pt"),
            _folder.Path);
        Assert.Equal(
            [
                "OrderedDict",
                "conv1.weight [2, 1, 2, 2] torch.float64 True False",
                "conv1.bias [2] torch.float64 True False",
                "fc.weight [1, 300] torch.float64 True False",
                "scale [] torch.float64 True False",
            ],
            printed.Split('\n').Select(line => line.TrimEnd()));
        Assert.Equal(Bits(Values), Bits(TensorFolder.Read(_folder.Path, Tensors)));
    }

    [Fact]
    public void A_module_of_PyTorch_takes_the_state_dict_and_saves_it_for_us()
    {
        TensorShape[] linear = [new("weight", [3, 2]), new("bias", [3])];
        double[] values = [0.1, 2, 3, 4, 5, 6, 7, 8, 1.0 / 3];
        TorchCheckpoint.Write<double>(_folder.PathOf("in.pt"), linear, values);
        PythonProcess.Run(
            "torch",
            """
            import sys, torch
            layer = torch.nn.Linear(2, 3).double()
            layer.load_state_dict(torch.load(sys.argv[1]))
            torch.save(layer.state_dict(), sys.argv[2])
            """,
            _folder.PathOf("in.pt"),
            _folder.PathOf("out.pt"));
        Assert.Equal(values, WeightFile.Read(_folder.PathOf("out.pt"), linear).Values);
    }

    [Theory]
    [InlineData("savez")]
    [InlineData("savez_compressed")]
    public void NumPy_loads_the_npz_and_saves_it_for_us(string save)
    {
        PythonProcess.Run(
            "numpy",
            $$"""
            import sys, numpy
            numpy.{{save}}(sys.argv[2], **numpy.load(sys.argv[1]))
            """,
            Write("in.npz"),
            _folder.PathOf("out.npz"));
        Assert.Equal(Bits(Values), Bits(WeightFile.Read(_folder.PathOf("out.npz"), Tensors).Values));
    }

    private string Write(string name)
    {
        string path = _folder.PathOf(name);
        switch (Path.GetExtension(name))
        {
            case ".pt":
                TorchCheckpoint.Write<double>(path, Tensors, Values);
                break;
            case ".npz":
                Npz.Write<double>(path, Tensors, Values);
                break;
            default:
                SafeTensors.Write<double>(path, Tensors, Values);
                break;
        }

        return path;
    }

    // Bits tell −0 from 0.
    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);
}
