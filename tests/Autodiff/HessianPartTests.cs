using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests;

/// <summary>Hessians by parts, against the whole: the same bits; and what cannot be put together.</summary>
public sealed class HessianPartTests : IDisposable
{
    private readonly HostDevice _device = new(2);
    private readonly Network _network = TestNetworks.Mlp();

    public void Dispose() => _device.Dispose();

    // One shard, two and eight; more parts than these too, of which some are empty.
    [Fact]
    public void All_parts_in_any_order_are_the_whole()
    {
        foreach (Network network in (Network[])[_network, TestNetworks.SmallNotebook()])
        {
            foreach (int samples in (int[])[70, 1500, 4200])
            {
                Hessian expected = On(network, samples, (plan, all) => Hessian.Compute(plan, all));
                foreach (int parts in (int[])[1, 2, 3, 5, 9])
                {
                    HessianPart[] all = [.. Enumerable.Range(1, parts).Select(part => Part(network, samples, part, parts))];
                    Equal(expected, Hessian.OfParts(network, all));
                    Equal(expected, Hessian.OfParts(network, [.. all.Reverse()]));
                    new Random(parts).Shuffle(all);
                    Equal(expected, Hessian.OfParts(network, all));
                }
            }
        }
    }

    [Fact]
    public void Five_parts_of_two_shards_are_two_with_a_shard_and_three_empty_ones()
    {
        HessianPart[] parts = [.. Enumerable.Range(1, 5).Select(part => Part(_network, 1500, part, 5))];
        Assert.All(parts, part => Assert.Equal((5, 1500, 2), (part.Parts, part.Samples, part.Shards)));
        Assert.Equal([0, 0, 1, 0, 1], parts.Select(part => part.Roots.Count));
        Assert.Equal([(0, 0), (0, 1)], parts.SelectMany(part => part.Roots).Select(root => (root.Level, root.Index)));
    }

    // Of eight shards the second of three parts has shards 2, 3 and 4: the node above the first two, and the third.
    [Fact]
    public void A_part_holds_packed_triangles_of_whole_subtrees()
    {
        HessianPart part = Part(_network, 4200, 2, 3);
        int n = _network.ParameterCount;
        Assert.Equal([(1, 1), (0, 4)], part.Roots.Select(root => (root.Level, root.Index)));
        Assert.All(part.Roots, root => Assert.Equal((n * (n + 1) / 2, n), (root.Triangle.Length, root.Gradient.Length)));
        Assert.True(part.Difference >= 0);
    }

    [Fact]
    public void A_missing_part_is_named()
    {
        HessianPart[] parts = Three();
        Says("missing is part 2;", [parts[0], parts[2]]);
        Says("missing is part 1, part 3;", [parts[1]]);
        Says("no part", []);
    }

    [Fact]
    public void A_part_that_is_there_twice_is_named()
    {
        HessianPart[] parts = Three();
        Says("Part 2 of 3 is there twice", [.. parts, parts[1]]);
        Says("Part 3 of 3 is there twice", [parts[2], parts[2]]);
    }

    [Fact]
    public void A_part_of_something_else_is_named()
    {
        HessianPart[] parts = Three();
        Says("Part 2 of 4 has 4200 samples in 8 shards, but part 1 of 3 has 4200 in 8", [parts[0], Part(_network, 4200, 2, 4), parts[2]]);
        Says("Part 2 of 3 has 4100 samples in 8 shards, but part 1 of 3 has 4200 in 8", [parts[0], Part(_network, 4100, 2, 3), parts[2]]);
        Says("Part 2 of 3 is not a part of this Hessian", [parts[0], Part(TestNetworks.SmallNotebook(), 4200, 2, 3), parts[2]]);
        Says("it has node 0 of level 1", [parts[0], parts[1] with { Roots = parts[0].Roots }, parts[2]]);
        Says("it lacks node 4 of level 0", [parts[0], parts[1] with { Roots = [parts[1].Roots[0]] }, parts[2]]);
        Says("it has node 4 of level 0", [parts[0], parts[1] with { Roots = [parts[1].Roots[1]] }, parts[2]]);
        Says("no part 4 of 3", [parts[0], parts[1], parts[2] with { Part = 4 }]);
        Says("in 6 shards, where", [.. parts.Select(part => part with { Shards = 6 })]);
    }

    [Fact]
    public void There_are_only_parts_from_one_to_their_number()
    {
        foreach ((int part, int parts) in ((int, int)[])[(0, 3), (4, 3), (1, 0), (-1, 2)])
        {
            NetworkException error = Assert.Throws<NetworkException>(() => Part(_network, 70, part, parts));
            Assert.Contains($"no part {part} of {parts}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused_when_parts_are_put_together()
    {
        HessianPart[] parts = Three();
        double[] triangle = [.. parts[1].Roots[0].Triangle];
        triangle[5] = double.PositiveInfinity;
        parts[1] = parts[1] with { Roots = [parts[1].Roots[0] with { Triangle = triangle }, parts[1].Roots[1]] };
        Assert.Contains("(0, 5)", Assert.Throws<NumericalException>(() => Hessian.OfParts(_network, parts)).Message, StringComparison.Ordinal);
    }

    private static void Equal(Hessian expected, Hessian found)
    {
        Assert.Equal(expected.Matrix.Values, found.Matrix.Values);
        Assert.Equal(expected.Gradient, found.Gradient);
        Assert.Equal((expected.Loss, expected.Asymmetry), (found.Loss, found.Asymmetry));
    }

    private void Says(string what, HessianPart[] parts)
        => Assert.Contains(what, Assert.Throws<NetworkException>(() => Hessian.OfParts(_network, parts)).Message, StringComparison.Ordinal);

    private HessianPart[] Three() => [.. Enumerable.Range(1, 3).Select(part => Part(_network, 4200, part, 3))];

    private HessianPart Part(Network network, int samples, int part, int parts)
        => On(network, samples, (plan, all) => HessianPart.Compute(plan, all, part, parts));

    private TResult On<TResult>(Network network, int samples, Func<Plan<double>, ISamples, TResult> compute)
    {
        using var plan = new Plan<double>(network, _device, new PlanBudget(100, 1 << 16));
        plan.SetParameters(TestNetworks.Parameters(network, 1));
        return compute(plan, ArraySamples.Random(network, samples, 2));
    }
}
