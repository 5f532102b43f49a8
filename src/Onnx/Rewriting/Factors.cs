using BasinVolume.Onnx.Layers;

namespace BasinVolume.Onnx.Rewriting;

/// <summary>A value as a number times a product of other values, however files multiply them together.</summary>
/// <param name="Number">The product of all numbers.</param>
/// <param name="Values">The values.</param>
internal sealed record Factors(double Number, IReadOnlyList<Value> Values)
{
    // No pattern that is looked for has more.
    private const int Most = 4;

    // 2⁻²⁴, half the distance from 1 to the next float32.
    private const double SingleRounding = 1.0 / (1 << 24);

    /// <summary>Takes a value apart.</summary>
    public static Factors Of(Value value)
    {
        double number = 1;
        var values = new List<Value>();
        var open = new Stack<Value>([value]);
        while (open.TryPop(out Value? next))
        {
            switch (next.Layer)
            {
                case TimesPart { Constant.Single: { } factor }:
                    number *= factor;
                    open.Push(next.Inputs[0]);
                    break;
                case ProductPart when values.Count + open.Count < Most:
                    open.Push(next.Inputs[0]);
                    open.Push(next.Inputs[1]);
                    break;
                case PowerPart { Exponent: 2 or 3 } power when values.Count + open.Count < Most:
                    for (int i = 0; i < (int)power.Exponent; i++)
                        open.Push(next.Inputs[0]);
                    break;
                default:
                    values.Add(next);
                    break;
            }
        }

        return new(number, values);
    }

    /// <summary>Whether two numbers are the same but for a few roundings to float32, in which most files keep them.</summary>
    public static bool AreClose(double one, double other) => Math.Abs(one - other) <= 4 * SingleRounding * Math.Abs(other);
}
