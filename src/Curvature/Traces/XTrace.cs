using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// tr B on a complement of dimension m by XTrace with resphering (Epperly, Tropp and Webber 2024; resphering: Epperly 2025). For each probe i, with Q_i the
/// k − 1 dimensional basis of the other products,
/// <code>
/// tr B = tr Q_iᵀ B Q_i + tr (I − Q_i Q_iᵀ) B (I − Q_i Q_iᵀ).
/// </code>
/// The first is known: tr H − sᵀHs. ω_i is independent of Q_i and uniform on a sphere, so that the direction of its part u = (I − Q_i Q_iᵀ) ω is uniform on the
/// sphere of the m − k + 1 dimensions that Q_i leaves, and the second is the mean of
/// <code>
/// (m − k + 1) uᵀ B u/|u|²,   |u|² = m − |x|²,   uᵀ B u = (sᵀw)(sᵀr) − rᵀx + xᵀHx,
/// </code>
/// r being the row of L, since u = Q(s sᵀw) + (what Q leaves of ω), B ω = Q r, and ωᵀ B Q x = rᵀx. The estimate is the mean over i.
/// <para>
/// Leaving out j as well gives what probe i would have said in a sketch without j. With x = w − α s_i − β s_j, the part of w that is orthogonal to both s,
/// and c = s_iᵀs_j,
/// <code>
/// tr H − s_jᵀHs_j − (s_iᵀHs_i − 2c s_iᵀHs_j + c² s_jᵀHs_j)/(1 − c²),   uᵀ B u = 2α sᵢᵀr − rᵀw + xᵀHx,
/// </code>
/// as s_j is orthogonal to r: two numbers for each pair, from which the error follows (<see cref="LeftOutValues"/>).
/// </para>
/// </summary>
internal static class XTrace
{
    /// <summary>The trace of B, and how far the spread of its probes says that it is off.</summary>
    /// <param name="sketch">Probes of length √m, 3 ≤ k &lt; m of them, none of which vanished.</param>
    /// <param name="dimension">m.</param>
    public static LeftOutValues Values(ProbeSketch sketch, int dimension)
    {
        var left = new LeftOut(sketch);
        return LeftOutValues.Of(sketch.Probes, i => Single(sketch, left, dimension, i), Pairs(sketch, left, dimension));
    }

    /// <summary>tr H.</summary>
    public static double CompressedTrace(ProbeSketch sketch)
        => CompensatedSum.Of(sketch.Basis.Count, i => sketch.Compressed[i, i]);

    private static double Single(ProbeSketch sketch, LeftOut left, int dimension, int i)
    {
        Span<double> s = left.Missing.Row(i), x = left.Kept.Row(i), r = sketch.Factor.Row(i), w = sketch.Coordinates.Row(i);
        double form = (DotProduct.Of(s, w) * DotProduct.Of(s, r)) - DotProduct.Of(r, x) + DotProduct.Of(x, left.CompressedKept.Row(i));
        double share = (dimension - sketch.Probes + 1) / (dimension - DotProduct.Of(x, x));
        return CompressedTrace(sketch) - DotProduct.Of(s, left.CompressedMissing.Row(i)) + (share * form);
    }

    // What probe i says without probe j.
    private static Func<int, int, double> Pairs(ProbeSketch sketch, LeftOut left, int dimension)
    {
        int k = sketch.Probes;
        double[,] cosines = Products(k, (i, j) => DotProduct.Of(left.Missing.Row(i), left.Missing.Row(j)));
        double[,] forms = Products(k, (i, j) => DotProduct.Of(left.CompressedMissing.Row(i), left.Missing.Row(j)));
        double[,] along = Products(k, (i, j) => DotProduct.Of(left.Missing.Row(i), sketch.Coordinates.Row(j)));
        double[,] mixed = Products(k, (i, j) => DotProduct.Of(left.CompressedMissing.Row(i), sketch.Coordinates.Row(j)));
        double trace = CompressedTrace(sketch);
        double[] own = Each(k, i => DotProduct.Of(left.Missing.Row(i), sketch.Factor.Row(i)));
        double[] squares = Each(k, i => DotProduct.Of(sketch.Coordinates.Row(i), sketch.Coordinates.Row(i)));
        // xᵀHx + 2 (sᵀw) wᵀHs − (sᵀw)² sᵀHs = wᵀHw for the x that one left out; rᵀw = ωᵀBω.
        double[] whole = Each(k, i => DotProduct.Of(left.Kept.Row(i), left.CompressedKept.Row(i))
            + (2 * along[i, i] * mixed[i, i]) - (along[i, i] * along[i, i] * forms[i, i]));
        double[] energy = Each(k, i => DotProduct.Of(sketch.Factor.Row(i), sketch.Coordinates.Row(i)));
        return (i, j) =>
        {
            double c = cosines[i, j], rest = Math.Max(1 - (c * c), Spectrum.DoubleRoundoff);
            double alpha = (along[i, i] - (c * along[j, i])) / rest, beta = (along[j, i] - (c * along[i, i])) / rest;
            double removed = forms[j, j] + ((forms[i, i] - (2 * c * forms[i, j]) + (c * c * forms[j, j])) / rest);
            double square = squares[i] - (alpha * along[i, i]) - (beta * along[j, i]);
            double compressed = whole[i] - (2 * ((alpha * mixed[i, i]) + (beta * mixed[j, i])))
                + (alpha * alpha * forms[i, i]) + (2 * alpha * beta * forms[i, j]) + (beta * beta * forms[j, j]);
            double form = (2 * alpha * own[i]) - energy[i] + compressed;
            return trace - removed + ((dimension - k + 2) / (dimension - square) * form);
        };
    }

    private static double[] Each(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static double[,] Products(int count, Func<int, int, double> product)
    {
        var result = new double[count, count];
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
                result[i, j] = product(i, j);
        return result;
    }
}
