using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>
/// Null directions that a map known by its products was said to have, checked against it. Of each group a few random directions d of length 1 in its span are
/// multiplied: with z standard normal and P the projection on the span, d = P z/‖P z‖. If A has a product of length β with a direction of the span,
/// ‖A P z‖ ≥ β |ζ| with ζ standard normal, so that a group that does not belong to the map is seen unless chance makes ζ tiny every time.
/// The bound is relative to ‖A‖_F, whose square is the mean of ‖A z‖².
/// </summary>
/// <param name="Groups">The groups that the map has.</param>
/// <param name="Subspace">What these span together.</param>
/// <param name="Checks">What was found of every group that was named.</param>
/// <param name="Products">Products with a direction that it took.</param>
/// <param name="Reason">Which groups were left out because the map contradicts them, and what to do; null if none was.</param>
public sealed record KnownZeros(
    ImmutableArray<NullDirections> Groups, NullSubspace Subspace, ImmutableArray<IdentityCheck> Checks, long Products, string? Reason)
{
    /// <summary>How many random directions are multiplied, of the whole space and of each group.</summary>
    public const int Directions = 4;

    // The numbers of these random vectors: far from those of probes, which begin at 0.
    private const ulong FirstOfSpace = VectorRanges.KnownZeros;
    private const ulong FirstOfGroups = FirstOfSpace + Directions;

    // Roundings of a sum of n terms are √n units at random; a few times that is allowed.
    private const double Units = 4;

    /// <summary>Nothing is known of a map.</summary>
    /// <param name="order">n.</param>
    public static KnownZeros None(int order) => new([], NullSubspace.Of([], order), [], Products: 0, Reason: null);

    /// <summary>Products with standard normal directions, the same ones for every map of an order.</summary>
    /// <param name="map">A.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="cancellation">Stops where the map can.</param>
    /// <returns>[<see cref="Directions"/>, n].</returns>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static Matrix ProductsOf(ILinearMap map, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        Matrix directions = Draw(Directions, map.Order, seed, FirstOfSpace), products = new(Directions, map.Order);
        map.Multiply(directions, products, cancellation);
        return products;
    }

    /// <summary>Checks what is known of a map, and keeps what it has.</summary>
    /// <param name="map">A.</param>
    /// <param name="groups">Its null directions, as they are named.</param>
    /// <param name="products">What <see cref="ProductsOf"/> gave.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="cancellation">Stops where the map can.</param>
    /// <exception cref="MatrixException">A group names a coordinate that is not there, or one that is named already.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static KnownZeros Of(
        ILinearMap map, ImmutableArray<NullDirections> groups, Matrix products, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(products);
        double norm = EuclideanNorm.Of(products.Values) / Math.Sqrt(products.Rows);
        double bound = Units * Math.Sqrt(map.Order) * map.UnitRoundoff * norm;
        Matrix images = Images(map, groups, seed, cancellation);
        IdentityCheck[] checks = [.. groups.Select((group, g) => CheckOf(group, images, g, bound))];
        ImmutableArray<NullDirections> kept = [.. groups.Where((_, g) => checks[g].Passed)];
        string[] refused = [.. groups.Zip(checks).Where(pair => !pair.Second.Passed).Select(pair => Refusal(pair.First.Name, pair.Second, norm))];
        return new(
            kept, NullSubspace.Of(kept, map.Order), [.. checks], products.Rows + images.Rows, refused.Length == 0 ? null : string.Join(" ", refused));
    }

    // A times each group's directions, one group after the other.
    private static Matrix Images(ILinearMap map, ImmutableArray<NullDirections> groups, ulong seed, CancellationToken cancellation)
    {
        int n = map.Order;
        var directions = new Matrix(groups.Length * Directions, n);
        for (int g = 0; g < groups.Length; g++)
        {
            Matrix drawn = Draw(Directions, n, seed, FirstOfGroups + (ulong)(g * Directions)), outside = drawn.Clone();
            NullSubspace.Of([groups[g]], n).RemoveFrom(outside);
            for (int d = 0; d < Directions; d++)
            {
                Span<double> inside = directions.Row((g * Directions) + d);
                drawn.Row(d).CopyTo(inside);
                Vectors.AddScaled(inside, -1, outside.Row(d));
                double length = EuclideanNorm.Of(inside);
                if (length > 0)
                    Vectors.Scale(inside, 1 / length);
            }
        }

        var images = new Matrix(directions.Rows, n);
        if (images.Rows > 0)
            map.Multiply(directions, images, cancellation);
        return images;
    }

    private static IdentityCheck CheckOf(NullDirections group, Matrix images, int number, double bound)
    {
        double largest = 0;
        for (int d = 0; d < Directions; d++)
        {
            double length = EuclideanNorm.Plain(images.Row((number * Directions) + d));
            largest = length <= largest ? largest : length;
        }

        return new(
            "structural-zeros", "A d = 0", $"the null directions d of '{group.Name}' follow from the network", largest, bound,
            string.Create(CultureInfo.InvariantCulture, $"{Units}√n ε ‖A‖_F"));
    }

    private static string Refusal(string name, IdentityCheck check, double norm) => string.Create(
        CultureInfo.InvariantCulture,
        $"The null directions of '{name}' are not taken out: a product with one of them has {check.Residual / norm:g3} of the map's norm where at most "
        + $"{check.Bound / norm:g3} is expected; check that the description belongs to this map and to its parameter order.");

    private static Matrix Draw(int count, int order, ulong seed, ulong first)
    {
        var directions = new Matrix(count, order);
        for (int v = 0; v < count; v++)
            NormalVectors.Fill(seed, first + (ulong)v, directions.Row(v));
        return directions;
    }
}
