using BasinVolume.Autodiff;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Layers;

/// <summary>
/// What a file computes in pieces and the engine has as a whole, or has under another name by what becomes of it: a rewriting finds the whole. What is left of
/// parts when all rewritings are done is refused by the name of its operator.
/// </summary>
internal abstract record Part : Layer
{
    // Element by element, of values of one shape.
    public override IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs) => inputs[0];

    public override void AddTo(NetworkBuilder network, string name, string[] others) => throw new InvalidOperationException($"{this} is a part, not a layer.");
}

/// <summary>x + c, with c broadcast to the shape of x.</summary>
/// <param name="Constant">c, of at most as many dimensions as a sample of x.</param>
internal sealed record PlusPart(Reals Constant) : Part;

/// <summary>c x, with c broadcast to the shape of x.</summary>
/// <param name="Constant">c, of at most as many dimensions as a sample of x.</param>
internal sealed record TimesPart(Reals Constant) : Part;

/// <summary>x − y of two values.</summary>
internal sealed record DifferencePart : Part;

/// <summary>x / y of two values, y with dimensions of size 1 where x has more.</summary>
internal sealed record QuotientPart : Part;

/// <summary>x y of two values, element by element.</summary>
internal sealed record ProductPart : Part;

/// <summary>x^p.</summary>
/// <param name="Exponent">p.</param>
internal sealed record PowerPart(double Exponent) : Part;

/// <summary>The error function.</summary>
internal sealed record ErfPart : Part;

/// <summary>The mean over some dimensions.</summary>
/// <param name="Axes">Which of a sample's dimensions, ascending.</param>
/// <param name="Keep">Whether they stay with size 1.</param>
internal sealed record MeanPart(IReadOnlyList<int> Axes, bool Keep) : Part
{
    public override IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs)
        => Keep ? [.. inputs[0].Select((size, axis) => Axes.Contains(axis) ? 1 : size)] : [.. inputs[0].Where((_, axis) => !Axes.Contains(axis))];

    public bool Equals(MeanPart? other) => other is not null && Axes.SequenceEqual(other.Axes) && Keep == other.Keep;

    public override int GetHashCode() => HashCode.Combine(Axes.Count, Keep);
}

/// <summary>Zeros around an image.</summary>
/// <param name="Before">How many rows above it, and columns to its left.</param>
/// <param name="After">How many rows below it, and columns to its right.</param>
internal sealed record PadPart((int Rows, int Columns) Before, (int Rows, int Columns) After) : Part
{
    public override IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs)
        => [inputs[0][0], inputs[0][1] + Before.Rows + After.Rows, inputs[0][2] + Before.Columns + After.Columns];
}
