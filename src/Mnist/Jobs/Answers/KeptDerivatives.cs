using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Kernels;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Jobs.Answers;

/// <summary>
/// A loss with derivatives, which are asked through a journal. Where the loss at some weights comes from the journal, nothing has moved there: that is made up
/// for when a product there has to be computed.
/// </summary>
/// <param name="loss">The loss.</param>
/// <param name="journal">The journal.</param>
/// <param name="name">What the loss is called in it.</param>
internal sealed class KeptDerivatives(IDifferentiableLoss loss, Journal journal, string name) : IDifferentiableLoss
{
    private readonly double[] _weights = new double[loss.ParameterCount];
    private readonly double[] _answer = new double[loss.ParameterCount + 1];
    private bool _isThere;

    /// <inheritdoc/>
    public int ParameterCount => loss.ParameterCount;

    /// <inheritdoc/>
    public double UnitRoundoff => loss.UnitRoundoff;

    /// <inheritdoc/>
    public ILinearMap Hessian => new Products(this);

    /// <inheritdoc/>
    public double MoveTo(double[] weights, double[] gradient)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(gradient);
        weights.CopyTo(_weights, 0);
        _isThere = false;
        journal.Ask(Journal.Question($"{name}: gradient", weights), _answer, () => MoveThere(_answer.AsSpan(1), ref _answer[0]));
        _answer.AsSpan(1).CopyTo(gradient);
        return _answer[0];
    }

    private void MoveThere(Span<double> gradient, ref double value)
    {
        double[] slope = new double[gradient.Length];
        value = loss.MoveTo(_weights, slope);
        slope.CopyTo(gradient);
        _isThere = true;
    }

    private sealed class Products(KeptDerivatives kept) : ILinearMap
    {
        public int Order => kept.ParameterCount;

        public double UnitRoundoff => kept.UnitRoundoff;

        public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            kept.Multiply(directions, products, cancellation);
        }
    }

    private void Multiply(Matrix directions, Matrix products, CancellationToken cancellation)
        => journal.Ask(Journal.Question($"{name}: product", _weights, directions.Values), products.Values, () =>
        {
            if (!_isThere)
                loss.MoveTo(_weights, new double[_weights.Length]);
            _isThere = true;
            loss.Hessian.Multiply(directions, products, cancellation);
        });
}
