using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Rows of a second-derivative matrix for a tensor W that multiplies its layer's input, y = W x + b.
/// With M_s the second derivative of sample s's weighted loss in y,
/// <code>
/// H[W_cj, W_c′j′] = Σ_s M_s[c, c′] x_sj x_sj′        H[W_cj, b_c′] = Σ_s M_s[c, c′] x_sj
/// </code>
/// so C directions in the output take the place of C · F in the weights, and for each pair c ≤ c′ the block is a weighted Gram matrix:
/// symmetric, half the work. What it is made of is kept for some chunks, its upper triangle is added for all of them, and the rest follows with the last ones.
/// Columns of later layers, if there are any, need the directions in the weights; the reverse pass ends before this layer then.
/// </summary>
internal sealed class GramSweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly RowSweep<T> _rows;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly DirectionLayout<T>? _laterLayers;
    private readonly GramWorkspace<T> _workspace;
    private readonly int _outputs;
    private readonly int _features;
    private readonly List<(int Row, int Column)> _computed = [];

    // Samples of the shard that are still to come.
    private int _left;

    // What is added with the last of them; null if it is not the last shard, whose upper triangle is enough.
    private WaitingSums? _waiting;

    // Whether the square W × W holds earlier samples already; the first ones are put there and not added to zeros.
    private bool _addsToSquare;

    /// <param name="plan">The plan.</param>
    /// <param name="weight">W.</param>
    /// <param name="rows">What computes the columns of later layers.</param>
    public GramSweep(Plan<T> plan, Parameter weight, RowSweep<T> rows)
    {
        Operator layer = plan.Network.Nodes[weight.Node].Operator;
        (_plan, _weight, _rows) = (plan, weight, rows);
        (_outputs, _features) = (layer.Output.Size, layer.Inputs[0].Size);
        _workspace = plan.GramWorkspace(weight.Node);
        _bias = plan.Network.Parameters.FirstOrDefault(parameter => parameter.Node == weight.Node && layer.IsAddedToOutput(parameter.Number));
        if (plan.Network.Parameters.FirstOrDefault(parameter => parameter.Node > weight.Node) is { } next)
            _laterLayers = plan.Inside(weight, next.Node);
    }

    /// <summary>The largest magnitude in the square W × W once it is complete; not finite if an element is not.</summary>
    public double Largest { get; private set; }

    /// <summary>Begins with a shard.</summary>
    /// <param name="samples">How many samples it has.</param>
    /// <param name="waiting">
    /// What is added to the square with the last of them, in both triangles; null if the upper triangle of the shard alone is wanted.
    /// </param>
    public void Begin(int samples, WaitingSums? waiting)
    {
        _workspace.Clear();
        (_left, _waiting, _addsToSquare, Largest) = (samples, waiting, false, 0);
    }

    /// <summary>
    /// Adds one chunk's share of the tensor's rows, from the diagonal block of W's row on; some of it may wait for later chunks.
    /// With the last chunk the square W × W is completed: in both triangles if there is no shard behind this one.
    /// </summary>
    public void AddRows(Matrix matrix, CancellationToken cancellation)
    {
        int samples = _plan.Samples, capacity = _plan.Outputs(_weight.Node).Capacity;
        if (!_workspace.Takes(samples))
            AddKept(matrix, cancellation);
        _left -= samples;
        bool keeps = _workspace.Takes(samples);
        for (int first = 0; first < _outputs; first += capacity)
        {
            int count = Math.Min(capacity, _outputs - first);
            _plan.DifferentiateTwice(_weight.Node, first, count);
            View<T> curvature = _plan.TangentAdjoint(_weight.Node + 1);
            if (keeps)
                _workspace.KeepCurvature(_plan.Kernels, first, count, samples, curvature);
            else
                Add(first, count, samples, new(curvature, samples * _outputs), Input, matrix, cancellation);
        }

        if (keeps)
            _workspace.KeepInputs(_plan.Kernels, samples, Input);
        else
            _addsToSquare = true;
        if (_left == 0)
            AddKept(matrix, cancellation);
        if (_laterLayers is not null)
            _rows.Add(_laterLayers, _weight, matrix, cancellation);
    }

    private void AddKept(Matrix matrix, CancellationToken cancellation)
    {
        if (_workspace.Samples == 0)
            return;
        Add(0, _outputs, _workspace.Samples, _workspace.Curvature, _workspace.Inputs, matrix, cancellation);
        _addsToSquare = true;
        _workspace.Clear();
    }

    // Blocks of outputs first … first + count − 1; curvature: M[c, s, c′] for each of them, x: [s, F].
    private void Add(int first, int count, int samples, Batch<T> curvature, View<T> x, Matrix matrix, CancellationToken cancellation)
    {
        for (int v = 0; v < count; v++)
        {
            cancellation.ThrowIfCancellationRequested();
            ComputeGrams(first + v, samples, curvature.Data.Slice(v * curvature.Stride, samples * _outputs), x, matrix);
        }

        AddGrams(matrix);
        if (_bias is not null)
            AddBias(first, count, samples, curvature, x, _bias.Offset, matrix);
    }

    // For output c the blocks of all c′ ≥ c, beside those computed before; where no more fit into the workspace, these are added first.
    private void ComputeGrams(int c, int samples, View<T> curvature, View<T> x, Matrix matrix)
    {
        int size = _features * _features;
        int capacity = _plan.Grams.Length / size;
        int count;
        for (int other = c; other < _outputs; other += count)
        {
            if (_computed.Count == capacity)
                AddGrams(matrix);
            count = Math.Min(capacity - _computed.Count, _outputs - other);
            var weights = new MatrixBatch<T>(curvature.Slice(other, curvature.Length - other), samples, count, _outputs, 1, 0);
            _plan.Kernels.WeightedGram(_features, weights, x, _plan.Grams.Slice(_computed.Count * size, count * size));
            for (int column = other; column < other + count; column++)
                _computed.Add((c, column));
        }
    }

    private void AddGrams(Matrix matrix)
    {
        ReadOnlyMemory<T> grams = _plan.Grams.Slice(0, _computed.Count * _features * _features).Elements();
        var square = new GramSquare<T>(matrix, _weight.Offset, _features, _computed, grams, _addsToSquare);
        if (_left > 0)
            square.PutUpper(_plan.Device.Threads);
        else if (_waiting is null)
            square.PutTriangle(_plan.Device.Threads);
        else
            Largest = Math.Max(Largest, square.Complete(_waiting, _plan.Device.Threads));
        _computed.Clear();
    }

    // The blocks of weights against bias for outputs first … first + count − 1, as many at once as fit into the workspace.
    private void AddBias(int first, int count, int samples, Batch<T> curvature, View<T> x, int column, Matrix matrix)
    {
        int size = _features * _outputs;
        int capacity = _plan.Grams.Length / size;
        MatrixBatch<T> left = MatrixBatch<T>.RowMajor(x, samples, _features).Transpose();
        for (int v = 0; v < count; v += capacity)
        {
            int batch = Math.Min(capacity, count - v);
            View<T> products = _plan.Grams.Slice(0, batch * size);
            View<T> right = curvature.Data.Slice(v * curvature.Stride, ((batch - 1) * curvature.Stride) + (samples * _outputs));
            _plan.Kernels.MatrixProduct(
                batch,
                left,
                MatrixBatch<T>.RowMajor(right, samples, _outputs, curvature.Stride),
                MatrixBatch<T>.RowMajor(products, _features, _outputs, size),
                false);
            ReadOnlySpan<T> blocks = products.Elements().Span;
            for (int row = 0; row < batch * _features; row++)
                Accumulation.Add(blocks.Slice(row * _outputs, _outputs), matrix.Row(_weight.Offset + ((first + v) * _features) + row).Slice(column, _outputs));
        }
    }

    private View<T> Input => _plan.Value(_plan.Network.Nodes[_weight.Node].Inputs[0]);
}
