using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Basins.Landscapes;

/// <summary>A direction in the space of all parameters.</summary>
/// <param name="Name">What it is called: "leading-1".</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Vector">[n], of length 1.</param>
/// <param name="Slope">gᵀv, in the units of loss over weights.</param>
/// <param name="Curvature">vᵀHv, the eigenvalue of an eigenvector.</param>
public sealed record Direction(string Name, DirectionKind Kind, double[] Vector, double Slope, double Curvature)
{
    /// <summary>Whether it is an eigenvector.</summary>
    public bool IsEigenvector => Kind is DirectionKind.Leading or DirectionKind.Negative;

    /// <summary>The directions that are asked for, as far as there are so many.</summary>
    /// <param name="choices">What is asked for.</param>
    /// <param name="gradient">g, [n].</param>
    /// <param name="hessian">H, [n, n].</param>
    /// <param name="solved">Its spectrum, with as many eigenvectors at both ends as are asked for.</param>
    /// <param name="seed">What random ones are drawn from.</param>
    public static ImmutableArray<Direction> Of(ImmutableArray<DirectionChoice> choices, double[] gradient, Matrix hessian, SolvedSpectrum solved, long seed)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(solved);
        return Of(choices, gradient, new MatrixMap(hessian), VectorsOf, seed);

        IEnumerable<double[]> VectorsOf(DirectionKind kind) => kind switch
        {
            DirectionKind.Leading when !solved.Pairs.IsEmpty => Rows(solved.Pairs[^1]).Reverse(),
            DirectionKind.Negative when solved.Pairs.Length > 1 => Rows(solved.Pairs[0]),
            _ => [],
        };
    }

    /// <summary>The same of a Hessian that is known by its products, one for each direction; which are negative is what the pairs show for certain.</summary>
    /// <param name="choices">What is asked for.</param>
    /// <param name="gradient">g, [n].</param>
    /// <param name="hessian">H.</param>
    /// <param name="pairs">Pairs at its ends.</param>
    /// <param name="seed">What random ones are drawn from.</param>
    public static ImmutableArray<Direction> Of(ImmutableArray<DirectionChoice> choices, double[] gradient, ILinearMap hessian, RitzPairs pairs, long seed)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(pairs);
        return Of(choices, gradient, hessian, VectorsOf, seed);

        IEnumerable<double[]> VectorsOf(DirectionKind kind)
        {
            int count = pairs.Pairs.Length;
            return kind switch
            {
                DirectionKind.Leading => Enumerable.Range(pairs.FromBelow, count - pairs.FromBelow).Reverse().Select(k => pairs.Vectors.Row(k).ToArray()),
                DirectionKind.Negative => Enumerable.Range(0, count).Where(k => pairs.Pairs[k].Interval.High < 0).Select(k => pairs.Vectors.Row(k).ToArray()),
                _ => [],
            };
        }
    }

    private static ImmutableArray<Direction> Of(
        ImmutableArray<DirectionChoice> choices, double[] gradient, ILinearMap hessian, Func<DirectionKind, IEnumerable<double[]>> eigenvectors, long seed)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        return
        [
            .. choices.SelectMany(choice => VectorsOf(choice, gradient, eigenvectors, seed).Take(choice.Count).Select(
                (vector, i) => Of(choice.Kind, i, vector, gradient, hessian))),
        ];
    }

    private static Direction Of(DirectionKind kind, int index, double[] vector, double[] gradient, ILinearMap hessian)
    {
        (double slope, double curvature) = Along(vector, gradient, hessian);
        return new(string.Create(CultureInfo.InvariantCulture, $"{NameOf(kind)}-{index + 1}"), kind, vector, slope, curvature);
    }

    private static IEnumerable<double[]> VectorsOf(
        DirectionChoice choice, double[] gradient, Func<DirectionKind, IEnumerable<double[]>> eigenvectors, long seed) => choice.Kind switch
        {
            DirectionKind.Gradient when gradient.Any(g => g != 0) => [OfLengthOne(gradient)],
            DirectionKind.Gradient => [],
            DirectionKind.Random => Enumerable.Range(0, choice.Count).Select(i => Drawn(seed, i, gradient.Length)),
            _ => eigenvectors(choice.Kind),
        };

    private static IEnumerable<double[]> Rows(Eigenpairs pairs) => Enumerable.Range(0, pairs.Count).Select(k => pairs.Vector(k).ToArray());

    // Normal numbers prefer no direction.
    private static double[] Drawn(long seed, int index, int length)
    {
        var vector = new double[length];
        NormalVectors.Fill((ulong)seed, (ulong)index, vector);
        return OfLengthOne(vector);
    }

    // What the loss does along a direction to second order: its slope gᵀv and its curvature vᵀHv.
    private static (double Slope, double Curvature) Along(double[] direction, double[] gradient, ILinearMap hessian)
        => (DotProduct.InOrder(gradient, direction), DotProduct.InOrder(hessian.Times(direction), direction));

    /// <summary>leading, negative, gradient or random: how a kind is asked for, and what the names of its directions begin with.</summary>
    public static string NameOf(DirectionKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>√Σ x².</summary>
    public static double LengthOf(ReadOnlySpan<double> vector) => Math.Sqrt(DotProduct.InOrder(vector, vector));

    private static double[] OfLengthOne(double[] vector)
    {
        double length = LengthOf(vector);
        return Array.ConvertAll(vector, element => element / length);
    }
}
