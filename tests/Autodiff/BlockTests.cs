using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests;

/// <summary>Single blocks against the whole matrix.</summary>
public sealed class BlockTests : IDisposable
{
    private readonly HostDevice _device = new(2);
    private readonly Network _network = TestNetworks.Branches();
    private readonly ArraySamples _samples;
    private readonly Plan<double> _plan;

    public BlockTests()
    {
        _samples = ArraySamples.Random(_network, 5, 1);
        // Small enough that a tensor takes several blocks of directions, and the samples two chunks.
        _plan = new Plan<double>(_network, _device, new PlanBudget(3, 1 << 14));
        _plan.SetParameters(TestNetworks.Parameters(_network, 2));
    }

    public void Dispose()
    {
        _plan.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void Every_pair_of_tensors_gives_its_block_of_both_matrices()
    {
        Matrix hessian = Hessian.Compute(_plan, _samples).Matrix;
        Matrix gaussNewton = GaussNewton.Compute(_plan, _samples).Matrix;
        foreach (Parameter rows in _network.Parameters)
        {
            foreach (Parameter columns in _network.Parameters)
            {
                AssertBlock(hessian, [rows], [columns], Hessian.Block(_plan, _samples, [rows], [columns]));
                AssertBlock(gaussNewton, [rows], [columns], GaussNewton.Block(_plan, _samples, [rows], [columns]));
            }
        }
    }

    [Fact]
    public void Groups_keep_their_order()
    {
        Matrix hessian = Hessian.Compute(_plan, _samples).Matrix;
        Parameter[] rows = [_network.Parameters[^1], _network.Parameters[0]],
            columns = [_network.Parameters[2], _network.Parameters[0], _network.Parameters[^1]];
        AssertBlock(hessian, rows, columns, Hessian.Block(_plan, _samples, rows, columns));
        AssertBlock(hessian, columns, rows, Hessian.Block(_plan, _samples, columns, rows));
    }

    [Fact]
    public void A_block_on_the_diagonal_is_symmetric_to_the_last_bit()
    {
        Parameter[] group = [_network.Parameters[^1], _network.Parameters[1]];
        Matrix block = Hessian.Block(_plan, _samples, group, group);
        Assert.Equal(block.Transpose().Values, block.Values);
    }

    [Fact]
    public void A_group_must_be_tensors_of_the_network()
    {
        Assert.Contains(
            "empty", Assert.Throws<NetworkException>(() => Hessian.Block(_plan, _samples, [], [_network.Parameters[0]])).Message, StringComparison.Ordinal);
        Parameter foreign = TestNetworks.Mlp().Parameters[0];
        Assert.Contains(
            "'a.weight'", Assert.Throws<NetworkException>(() => Hessian.Block(_plan, _samples, [foreign], [foreign])).Message, StringComparison.Ordinal);
    }

    private static void AssertBlock(Matrix whole, Parameter[] rows, Parameter[] columns, Matrix block)
    {
        int[] rowPlaces = [.. rows.SelectMany(parameter => Enumerable.Range(parameter.Offset, parameter.Size))];
        int[] columnPlaces = [.. columns.SelectMany(parameter => Enumerable.Range(parameter.Offset, parameter.Size))];
        Assert.Equal((rowPlaces.Length, columnPlaces.Length), (block.Rows, block.Columns));
        double bound = 1e-14 * whole.Values.Max(Math.Abs);
        for (int i = 0; i < rowPlaces.Length; i++)
        {
            for (int j = 0; j < columnPlaces.Length; j++)
                Assert.Equal(whole[rowPlaces[i], columnPlaces[j]], block[i, j], bound);
        }
    }
}
