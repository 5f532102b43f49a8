using System.Numerics;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Rows of a second-derivative matrix for a tensor W that multiplies its layer's input, y = W x + b. With M_s the second derivative of sample s's weighted loss in y,
/// <code>
/// H[W_cj, W_c′j′] = Σ_s M_s[c, c′] x_sj x_sj′        H[W_cj, b_c′] = Σ_s M_s[c, c′] x_sj
/// </code>
/// so C directions in the output take the place of C · F in the weights, and for each pair c ≤ c′ the block is a weighted Gram matrix: symmetric, half the work. Its upper triangle is added
/// chunk by chunk and mirrored once at the end. Columns of later layers, if
/// there are any, need the directions in the weights; the reverse pass ends before this layer then.
/// </summary>
internal sealed class GramSweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly RowSweep<T> _rows;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly DirectionLayout<T>? _laterLayers;
    private readonly int _outputs;
    private readonly int _features;
    private readonly List<(int Output, int Other, int Count)> _blocks = [];
    private int _computed;

    /// <param name="plan">The plan.</param>
    /// <param name="weight">W.</param>
    /// <param name="rows">What computes the columns of later layers.</param>
    public GramSweep(Plan<T> plan, Parameter weight, RowSweep<T> rows)
    {
        Operator layer = plan.Network.Nodes[weight.Node].Operator;
        (_plan, _weight, _rows) = (plan, weight, rows);
        (_outputs, _features) = (layer.Output.Size, layer.Inputs[0].Size);
        _bias = plan.Network.Parameters.FirstOrDefault(parameter => parameter.Node == weight.Node && layer.IsAddedToOutput(parameter.Number));
        if (plan.Network.Parameters.FirstOrDefault(parameter => parameter.Node > weight.Node) is { } next)
            _laterLayers = plan.Inside(weight, next.Node);
    }

    /// <summary>Adds one chunk's share of the tensor's rows, from the diagonal block of W's row on.</summary>
    public void AddRows(Matrix matrix, CancellationToken cancellation)
    {
        int capacity = _plan.Outputs(_weight.Node).Capacity;
        for (int first = 0; first < _outputs; first += capacity)
        {
            int count = Math.Min(capacity, _outputs - first);
            _plan.DifferentiateTwice(_weight.Node, first, count);
            for (int v = 0; v < count; v++)
            {
                cancellation.ThrowIfCancellationRequested();
                ComputeGrams(first + v, Curvature(v), matrix);
            }

            AddGrams(matrix);
            if (_bias is not null)
                AddBias(first, count, _bias.Offset, matrix);
        }

        if (_laterLayers is not null)
            _rows.Add(_laterLayers, _weight, matrix, cancellation);
    }

    /// <summary>Completes the blocks of pairs c &lt; c′ after the last chunk; what lies below the matrix's own diagonal follows with that of all other rows.</summary>
    public void Mirror(Matrix matrix)
    {
        var mirror = new MirrorBlocks(matrix, _weight.Offset, _features, _outputs);
        _plan.Device.Threads.Run(mirror.Parts, mirror);
    }

    // M[c, s, c′] for direction v of the block, c = first + v.
    private View<T> Curvature(int v) => _plan.TangentAdjoint(_weight.Node + 1).Slice(v * _plan.Samples * _outputs, _plan.Samples * _outputs);

    // For output c the blocks of all c′ ≥ c, beside those computed before; where there is no room left, these are added first.
    private void ComputeGrams(int c, View<T> curvature, Matrix matrix)
    {
        int size = _features * _features;
        int capacity = _plan.Grams.Length / size;
        int count;
        for (int other = c; other < _outputs; other += count)
        {
            if (_computed == capacity)
                AddGrams(matrix);
            count = Math.Min(capacity - _computed, _outputs - other);
            var weights = new MatrixBatch<T>(curvature.Slice(other, curvature.Length - other), _plan.Samples, count, _outputs, 1, 0);
            _plan.Kernels.WeightedGram(_features, weights, Input, _plan.Grams.Slice(_computed * size, count * size));
            _blocks.Add((c, other, count));
            _computed += count;
        }
    }

    private void AddGrams(Matrix matrix)
    {
        int size = _features * _features;
        ReadOnlyMemory<T> grams = _plan.Grams.Slice(0, _computed * size).Look();
        foreach ((int c, int other, int count) in _blocks)
        {
            var sum = new AddUpper<T>(grams[..(count * size)], _features, matrix, _weight.Offset + (c * _features), _weight.Offset + (other * _features));
            _plan.Device.Threads.Run(count * sum.PartsOfBlock, sum);
            grams = grams[(count * size)..];
        }

        _blocks.Clear();
        _computed = 0;
    }

    // The blocks of weights against bias for outputs first … first + count − 1, as many at once as there is room for.
    private void AddBias(int first, int count, int column, Matrix matrix)
    {
        int size = _features * _outputs;
        int capacity = _plan.Grams.Length / size;
        MatrixBatch<T> x = MatrixBatch<T>.RowMajor(Input, _plan.Samples, _features);
        for (int v = 0; v < count; v += capacity)
        {
            int members = Math.Min(capacity, count - v);
            View<T> products = _plan.Grams.Slice(0, members * size);
            View<T> curvature = _plan.TangentAdjoint(_weight.Node + 1).Slice(v * _plan.Samples * _outputs, members * _plan.Samples * _outputs);
            _plan.Kernels.MatrixProduct(
                members, x.Transpose(), MatrixBatch<T>.RowMajor(curvature, _plan.Samples, _outputs, _plan.Samples * _outputs), MatrixBatch<T>.RowMajor(products, _features, _outputs, size), false);
            ReadOnlySpan<T> blocks = products.Look().Span;
            for (int row = 0; row < members * _features; row++)
                Chunks.Add(blocks.Slice(row * _outputs, _outputs), matrix.Row(_weight.Offset + ((first + v) * _features) + row).Slice(column, _outputs));
        }
    }

    private View<T> Input => _plan.Value(_plan.Network.Nodes[_weight.Node].Inputs[0]);
}
