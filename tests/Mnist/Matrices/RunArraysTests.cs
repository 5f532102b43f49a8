using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Tests.Matrices;

public sealed class RunArraysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunArraysTests()
    {
        _folder.Write("result.json", """
            { "precision": "float64", "data": {}, "options": { "threshold": 2, "weight_decay": 0, "k": 1, "init_std": 0.5, "batch_size": 64 },
              "models": [{ "name": "a", "hessian": { "weight_decay": 0, "loss": 1.5, "weighting": "batch-mean" },
                "parameter_map": [{ "name": "w", "offset": 0, "shape": [2] }] }] }
            """u8.ToArray());
        Directory.CreateDirectory(_folder.PathOf("weights-a"));
    }

    private RunModel Model => RunModel.Read(_folder.Path, name: null);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_fits_is_read()
    {
        Write("hessian-a.npy", [2, 2], 1, 0.5, 0.5, 2);
        Write("gradient-a.npy", [2], 3, 4);
        Write("weights-a/w.npy", [2], 5, 6);
        Assert.Equal([1, 0.5, 0.5, 2], RunArrays.Hessian(Model, zeroTolerance: null, copies: 1).Matrix.Values);
        Assert.Equal([3, 4], RunArrays.Gradient(Model));
        Assert.Equal([5, 6], RunArrays.Weights(Model));
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused_with_its_place()
    {
        Write("gradient-a.npy", [2], 3, double.PositiveInfinity);
        Write("weights-a/w.npy", [2], double.NaN, 6);
        TestFiles.AssertExplained<DataException>(() => RunArrays.Gradient(Model), "gradient-a.npy has Infinity at index 1");
        TestFiles.AssertExplained<DataException>(() => RunArrays.Weights(Model), "w.npy has NaN at index 0");
    }

    [Fact]
    public void What_is_of_another_run_is_refused_with_both_sizes()
    {
        Write("hessian-a.npy", [1, 1], 1);
        Write("gradient-a.npy", [3], 3, 4, 5);
        TestFiles.AssertExplained<DataException>(
            () => RunArrays.Hessian(Model, zeroTolerance: null, copies: 1), "does not fit together", "2 parameters and the Hessian 1 rows");
        TestFiles.AssertExplained<DataException>(() => RunArrays.Gradient(Model), "has 3 elements where 2 are expected");
    }

    private void Write(string name, int[] shape, params double[] values) => Npy.Write<double>(_folder.PathOf(name), shape, values);
}
