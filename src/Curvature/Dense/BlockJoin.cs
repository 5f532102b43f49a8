using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// The eigenvectors of two joined blocks in terms of those of the two, which are numbered through: the upper block's by ascending eigenvalue, then the lower
/// one's. A join keeps a few numbers for each of its vectors, so all joins of a matrix of order n take O(n log n) memory.
/// </summary>
/// <remarks>
/// With e the off-diagonal element between the two, T = diag(T₁, T₂) + |e| v vᵀ, v = (0 … 0, 1, sgn e, 0 … 0), where |e| is subtracted from the two
/// diagonal elements at the cut (Cuppen 1981). If T₁ = Q₁ D₁ Q₁ᵀ and T₂ = Q₂ D₂ Q₂ᵀ, then T = Q (D + y yᵀ) Qᵀ with Q = diag(Q₁, Q₂) and y = √|e| Qᵀ v:
/// the last elements of Q₁ and the first ones of Q₂. <see cref="Deflation"/> turns pairs of vectors and takes out what is an eigenpair then,
/// <see cref="SecularSystem"/> solves the rest.
/// </remarks>
internal sealed class BlockJoin
{
    private BlockJoin(SolvedBlock upper, SolvedBlock lower, Deflation deflation, SecularSystem system, int[] sources)
    {
        (Upper, Lower, System, Sources) = (upper, lower, system, sources);
        (Kept, Deflated, Rotations) = (deflation.Kept, deflation.Deflated, deflation.Rotations);
        AscendingRoots = Array.FindAll(sources, source => source < Kept.Length);
    }

    /// <summary>The first block.</summary>
    public SolvedBlock Upper { get; }

    /// <summary>The second.</summary>
    public SolvedBlock Lower { get; }

    /// <summary>What was turned before anything else.</summary>
    public PlaneRotation[] Rotations { get; }

    /// <summary>The vectors that the eigenvectors of <see cref="System"/> combine, in the order of its poles.</summary>
    public int[] Kept { get; }

    /// <summary>The vectors that are eigenvectors as they are.</summary>
    public int[] Deflated { get; }

    /// <summary>What is left after deflation.</summary>
    public SecularSystem System { get; }

    /// <summary>Of each eigenvalue in ascending order the number of its root; from the number of roots on the place in <see cref="Deflated"/>.</summary>
    public int[] Sources { get; }

    /// <summary>Those of <see cref="Sources"/> that are roots, in the same order.</summary>
    public int[] AscendingRoots { get; }

    /// <summary>Solves the joined matrix.</summary>
    /// <returns>Its eigenvalues, ascending, the first and the last elements of its eigenvectors, and what the vectors are made of.</returns>
    public static (double[] Values, double[] FirstElements, double[] LastElements, BlockJoin Join) Of(
        SolvedBlock upper, SolvedBlock lower, double element, double negligible, HostThreads threads)
    {
        double[] values = [.. upper.Values, .. lower.Values], atCut = [.. upper.LastElements, .. lower.FirstElements];
        double[] first = new double[values.Length], last = new double[values.Length];
        upper.FirstElements.CopyTo(first, 0);
        lower.LastElements.CopyTo(last, upper.Order);
        (double[] components, double[] squares) = Components(atCut, element, upper.Order);
        var deflation = new Deflation(values, components, squares, negligible);
        deflation.Run(Ascending(values), Math.Sqrt(2 * Math.Abs(element)));
        foreach (PlaneRotation rotation in deflation.Rotations)
        {
            rotation.Turn(first);
            rotation.Turn(last);
        }

        int[] kept = deflation.Kept, deflated = deflation.Deflated;
        var system = new SecularSystem(At(values, kept), At(components, kept), At(squares, kept), At(first, kept), At(last, kept), threads);
        double[] joined = [.. system.Roots(), .. At(values, deflated)];
        int[] sources = [.. Enumerable.Range(0, joined.Length)];
        Array.Sort(joined, sources);
        return (
            joined,
            At([.. system.FirstElements, .. At(first, deflated)], sources),
            At([.. system.LastElements, .. At(last, deflated)], sources),
            new(upper, lower, deflation, system, sources));
    }

    // y and its squares.
    private static (double[] Components, double[] Squares) Components(double[] atCut, double element, int upper)
    {
        double size = Math.Abs(element), root = Math.Sqrt(size);
        double[] components = new double[atCut.Length], squares = new double[atCut.Length];
        for (int i = 0; i < atCut.Length; i++)
        {
            components[i] = (i < upper || element > 0 ? root : -root) * atCut[i];
            squares[i] = size * (atCut[i] * atCut[i]);
        }

        return (components, squares);
    }

    private static int[] Ascending(double[] values)
    {
        int[] places = [.. Enumerable.Range(0, values.Length)];
        Array.Sort([.. values], places);
        return places;
    }

    private static double[] At(double[] values, int[] places)
    {
        double[] some = new double[places.Length];
        for (int i = 0; i < some.Length; i++)
            some[i] = values[places[i]];
        return some;
    }
}
