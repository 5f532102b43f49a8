using BasinVolume.Onnx.Translators;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx.Folding;

/// <summary>
/// Arithmetic on what is known. Real numbers are computed in double. Whole numbers are those of shapes, of which some are multiples of the number N of samples:
/// a multiple times or through a number is one again, and a sum of multiples; anything else of N is refused, for it depends on how many samples there are.
/// </summary>
internal static class ConstantArithmetic
{
    public static Known Add(NodeContext at)
        => Each(at, (a, b) => a + b, (a, b) => a.OfBatch == b.OfBatch ? new(checked(a.Number + b.Number), a.OfBatch) : null);

    public static Known Sub(NodeContext at)
        => Each(at, (a, b) => a - b, (a, b) => a.OfBatch == b.OfBatch ? new(checked(a.Number - b.Number), a.OfBatch) : null);

    public static Known Mul(NodeContext at)
        => Each(at, (a, b) => a * b, (a, b) => a.OfBatch && b.OfBatch ? null : new(checked(a.Number * b.Number), a.OfBatch || b.OfBatch));

    // Whole numbers are divided towards zero.
    public static Known Div(NodeContext at) => Each(at, (a, b) => a / b, (a, b) => b.OfBatch && a.OfBatch && b.Number != 0 && a.Number % b.Number == 0
        ? new(a.Number / b.Number)
        : b.OfBatch || b.Number == 0 || (a.OfBatch && a.Number % b.Number != 0) ? null : new(a.Number / b.Number, a.OfBatch));

    public static Known Pow(NodeContext at) => Each(at, Math.Pow, (a, b) => null);

    public static Known Min(NodeContext at) => Each(at, Math.Min, Fixed(Math.Min));

    public static Known Max(NodeContext at) => Each(at, Math.Max, Fixed(Math.Max));

    // N is no fixed number, so it equals none.
    public static Known Equal(NodeContext at) => Each(at, (a, b) => a == b ? 1 : 0, (a, b) => new(a == b ? 1 : 0));

    public static Known Greater(NodeContext at) => Each(at, (a, b) => a > b ? 1 : 0, Fixed((a, b) => a > b ? 1 : 0));

    public static Known Less(NodeContext at) => Each(at, (a, b) => a < b ? 1 : 0, Fixed((a, b) => a < b ? 1 : 0));

    public static Known And(NodeContext at) => Each(at, (a, b) => a * b, Fixed((a, b) => a & b));

    public static Known Or(NodeContext at) => Each(at, Math.Max, Fixed((a, b) => a | b));

    public static Known Neg(NodeContext at) => One(at, a => -a, a => new(-a.Number, a.OfBatch));

    public static Known Abs(NodeContext at) => One(at, Math.Abs, a => new(Math.Abs(a.Number), a.OfBatch));

    public static Known Not(NodeContext at) => One(at, a => 1 - a, a => a.OfBatch ? null : new(1 - a.Number));

    public static Known Sqrt(NodeContext at) => Real(at, Math.Sqrt);

    public static Known Reciprocal(NodeContext at) => Real(at, a => 1 / a);

    public static Known Exp(NodeContext at) => Real(at, Math.Exp);

    public static Known Log(NodeContext at) => Real(at, Math.Log);

    public static Known Floor(NodeContext at) => Real(at, Math.Floor);

    public static Known Ceil(NodeContext at) => Real(at, Math.Ceiling);

    public static Known Where(NodeContext at)
    {
        if (at.Known(0) is not Wholes { AreFixed: true } condition)
            throw at.Node.Refusal("whose condition is no truth values");
        Known yes = at.Known(1), no = at.Known(2);
        int[] dims = Common(at, Common(at, condition.Dims, yes.Dims), no.Dims);
        int[] a = Indexing.Broadcast(condition.Dims, dims), b = Indexing.Broadcast(yes.Dims, dims), c = Indexing.Broadcast(no.Dims, dims);
        bool Chosen(int i) => condition.Numbers[a[i]].Number != 0;
        return (yes, no) switch
        {
            (Reals x, Reals y) => new Reals(dims, [.. a.Select((_, i) => Chosen(i) ? x.Numbers[b[i]] : y.Numbers[c[i]])], x.Bits),
            (Wholes x, Wholes y) => new Wholes(dims, [.. a.Select((_, i) => Chosen(i) ? x.Numbers[b[i]] : y.Numbers[c[i]])]),
            _ => throw at.Node.Refusal("of real and of whole numbers", "export it again"),
        };
    }

    private static Func<Whole, Whole, Whole?> Fixed(Func<long, long, long> function)
        => (a, b) => a.OfBatch || b.OfBatch ? null : new Whole(function(a.Number, b.Number));

    private static Known Each(NodeContext at, Func<double, double, double> real, Func<Whole, Whole, Whole?> whole)
    {
        Known x = at.Known(0), y = at.Known(1);
        int[] dims = Common(at, x.Dims, y.Dims);
        int[] a = Indexing.Broadcast(x.Dims, dims), b = Indexing.Broadcast(y.Dims, dims);
        return (x, y) switch
        {
            (Reals p, Reals q) => new Reals(dims, [.. a.Select((_, i) => real(p.Numbers[a[i]], q.Numbers[b[i]]))], Math.Max(p.Bits, q.Bits)),
            (Wholes p, Wholes q) => new Wholes(dims, [.. a.Select((_, i) => Checked(at, () => whole(p.Numbers[a[i]], q.Numbers[b[i]])))]),
            _ => throw at.Node.Refusal("of real and of whole numbers", "export it again"),
        };
    }

    private static Known One(NodeContext at, Func<double, double> real, Func<Whole, Whole?> whole) => at.Known(0) switch
    {
        Reals x => (Known)x.Map(real),
        Wholes x => new Wholes(x.Dims, Array.ConvertAll(x.Numbers, number => Checked(at, () => whole(number)))),
        _ => throw at.Node.Refusal("of something else than numbers", "export it again"),
    };

    private static Reals Real(NodeContext at, Func<double, double> function) => at.Reals(0).Map(function);

    private static Whole Checked(NodeContext at, Func<Whole?> compute)
    {
        try
        {
            return compute() ?? throw at.Node.Refusal("whose result depends on the number of samples in another way than a multiple");
        }
        catch (OverflowException)
        {
            throw at.Node.Refusal("whose result is beyond 64 bits", "export it again");
        }
    }

    private static int[] Common(NodeContext at, IReadOnlyList<int> x, IReadOnlyList<int> y)
        => Indexing.Common(x, y) is { } dims && Indexing.Count(dims) <= Indexing.MostMade
            ? dims
            : throw at.Node.Refusal($"of constants of shapes [{string.Join(", ", x)}] and [{string.Join(", ", y)}]", "export it again");
}
