using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff;

/// <summary>Parts of a Hessian, put together in the shape of the tree that they were cut from.</summary>
internal static class HessianParts
{
    /// <summary>The whole matrix, and its gradient.</summary>
    /// <exception cref="NetworkException">The parts are not all parts of one Hessian of this network.</exception>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    public static (MatrixSweep Sweep, double[] Gradient) Of(Network network, IReadOnlyList<HessianPart> parts)
    {
        int n = network.ParameterCount;
        IReadOnlyList<HessianPart> inOrder = Complete(parts);
        Matrix matrix = MatrixSweep.New(n);
        using var threads = new HostThreads(Environment.ProcessorCount);
        TreeSum matrices = new(new(PackedTriangle.Length(n)), threads), vectors = new(new(n + 1), threads);
        foreach (HessianPart part in inOrder)
        {
            TreeNode[] expected = [.. new SampleShards(part.Samples, part.Shards).OfPart(part.Part - 1, part.Parts).Roots()];
            int next = 0;
            foreach (HessianRoot root in part.Roots)
            {
                TreeNode node = new(root.Level, root.Index);
                if (next == expected.Length || node != expected[next++])
                    throw Foreign(part, $"it has node {root.Index} of level {root.Level}, which is none of that share's in this place");
                Check(part, root, n);
                Add(matrices, node, root.Triangle, threads);
                Add(vectors, node, [.. root.Gradient, root.Loss], threads);
            }

            if (next < expected.Length)
                throw Foreign(part, $"it lacks node {expected[next].Index} of level {expected[next].Level}");
        }

        double[] vector = vectors.Roots[0].Sum;
        double largest = Triangle.Unpack(matrices.Roots[0].Sum, matrix, threads);
        return (MatrixSweep.Checked(matrix, vector[^1], inOrder.Max(part => part.Difference), largest), vector[..^1]);
    }

    // The parts in ascending order, if each is there once.
    private static HessianPart[] Complete(IReadOnlyList<HessianPart> parts)
    {
        if (parts.Count == 0)
            throw new NetworkException("There is no part of a Hessian to put together; give all parts of one.");
        HessianPart first = parts[0];
        if (first.Parts < 1 || first.Samples < 1 || first.Shards is < 1 or > SampleShards.Most || !int.IsPow2(first.Shards))
            throw Foreign(
                first,
                $"it has {first.Samples} samples in {first.Shards} shards, where there is at least one sample and 1, 2, 4 … or {SampleShards.Most} shards");
        var inOrder = new HessianPart?[first.Parts];
        foreach (HessianPart part in parts)
        {
            if ((part.Parts, part.Samples, part.Shards) != (first.Parts, first.Samples, first.Shards))
                throw new NetworkException(
                    $"Part {part.Part} of {part.Parts} has {part.Samples} samples in {part.Shards} shards, but part {first.Part} of {first.Parts} has "
                    + $"{first.Samples} in {first.Shards}; they are parts of different sums, so give those of one.");
            if (part.Part < 1 || part.Part > part.Parts)
                throw new NetworkException($"There is no part {part.Part} of {part.Parts} parts; parts are counted from 1.");
            if (inOrder[part.Part - 1] is not null)
                throw new NetworkException($"Part {part.Part} of {part.Parts} is there twice; give each part once.");
            inOrder[part.Part - 1] = part;
        }

        int[] missing = [.. Enumerable.Range(1, first.Parts).Where(part => inOrder[part - 1] is null)];
        if (missing.Length > 0)
            throw new NetworkException(
                $"Of {first.Parts} parts {parts.Count} are there, and missing is part {string.Join(", part ", missing)}; "
                + $"compute what is missing, and give all of them.");
        return [.. inOrder.OfType<HessianPart>()];
    }

    private static void Check(HessianPart part, HessianRoot root, int n)
    {
        if (root.Triangle.Length != PackedTriangle.Length(n) || root.Gradient.Length != n)
            throw Foreign(
                part,
                $"it has a triangle of {root.Triangle.Length} elements and a gradient of {root.Gradient.Length}, where this network of {n} parameters has "
                + $"{PackedTriangle.Length(n)} and {n}");
    }

    // What a part holds stays as it is.
    private static void Add(TreeSum sum, TreeNode node, double[] values, HostThreads threads)
    {
        if (sum.TakeLeftOf(node) is { } left)
        {
            Accumulation.Add<double>(threads, values, left);
            sum.Add(node.Parent, left);
            return;
        }

        double[] place = sum.Take();
        values.CopyTo(place, 0);
        sum.Add(node, place);
    }

    private static NetworkException Foreign(HessianPart part, string why)
        => new($"Part {part.Part} of {part.Parts} is not a part of this Hessian: {why}; give the parts of one computation with this network.");
}
