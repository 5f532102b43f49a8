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
    private T[] _stage = [];

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
                View<T> curvature = _plan.TangentAdjoint(_weight.Node + 1).Slice(v * _plan.Samples * _outputs, _plan.Samples * _outputs);
                AddGrams(first + v, curvature, matrix);
                if (_bias is not null)
                    AddBias(first + v, curvature, _bias.Offset, matrix);
            }
        }

        if (_laterLayers is not null)
            _rows.Add(_laterLayers, _weight, matrix, cancellation);
    }

    /// <summary>Completes the blocks of pairs c &lt; c′ after the last chunk; what lies below the matrix's own diagonal follows with that of all other rows.</summary>
    public void Mirror(Matrix matrix)
    {
        for (int c = 0; c < _outputs; c++)
        {
            for (int other = c + 1; other < _outputs; other++)
                Triangle.MirrorBlock(matrix, _weight.Offset + (c * _features), _weight.Offset + (other * _features), _features);
        }
    }

    // For output c the blocks of all c′ ≥ c, as many at once as there is room for.
    private void AddGrams(int c, View<T> curvature, Matrix matrix)
    {
        int size = _features * _features;
        int capacity = _plan.Grams.Length / size;
        for (int other = c; other < _outputs; other += capacity)
        {
            int count = Math.Min(capacity, _outputs - other);
            View<T> grams = _plan.Grams.Slice(0, count * size);
            var weights = new MatrixBatch<T>(curvature.Slice(other, curvature.Length - other), _plan.Samples, count, _outputs, 1, 0);
            _plan.Kernels.WeightedGram(_features, weights, Input, grams);
            var sum = new AddUpper<T>(grams.Look(Stage(grams.Length)), _features, matrix, _weight.Offset + (c * _features), _weight.Offset + (other * _features));
            _plan.Device.Threads.Run(count * sum.PartsOfBlock, sum);
        }
    }

    private void AddBias(int c, View<T> curvature, int column, Matrix matrix)
    {
        View<T> product = _plan.Grams.Slice(0, _features * _outputs);
        MatrixBatch<T> x = MatrixBatch<T>.RowMajor(Input, _plan.Samples, _features);
        _plan.Kernels.MatrixProduct(1, x.Transpose(), MatrixBatch<T>.RowMajor(curvature, _plan.Samples, _outputs), MatrixBatch<T>.RowMajor(product, _features, _outputs), false);
        ReadOnlySpan<T> block = product.Look(Stage(product.Length)).Span;
        for (int j = 0; j < _features; j++)
            Chunks.Add(block.Slice(j * _outputs, _outputs), Row(matrix, c, j).Slice(column, _outputs));
    }

    private View<T> Input => _plan.Value(_plan.Network.Nodes[_weight.Node].Inputs[0]);

    private Span<double> Row(Matrix matrix, int c, int j) => matrix.Row(_weight.Offset + (c * _features) + j);

    private Memory<T> Stage(int length)
    {
        if (_stage.Length < length)
            _stage = new T[length];
        return _stage.AsMemory(0, length);
    }
}
