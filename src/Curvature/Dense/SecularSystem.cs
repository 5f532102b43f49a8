using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Eigenvalues and eigenvectors of diag(d) + y yᵀ, all d_i different and all y_i away from 0.
/// </summary>
/// <remarks>
/// The eigenvector of root λ_j is u_i = y_i/(d_i − λ_j). With y as given, close roots would give vectors that are not orthogonal.
/// Instead y is replaced by the ŷ for which the computed roots are exact (Löwner 1934; Gu and Eisenstat 1995),
///     ŷ_i² = (λ_i − d_i) Π_(j ≠ i) (λ_j − d_i)/(d_j − d_i),
/// which differs from y by rounding; every difference λ_j − d_i is had to full relative precision from the root's origin and offset, so the vectors are
/// orthogonal to rounding.
/// </remarks>
internal sealed class SecularSystem
{
    private const int RootsPerPart = 32;

    /// <summary>A multiple of every vector's length.</summary>
    private const int ComponentsPerPart = 64;

    private readonly double[] _poles;
    private readonly double[] _components;
    private readonly double[] _inverseNorms;
    private readonly SecularRoot[] _roots;

    /// <summary>Finds the roots, ŷ and the lengths of the eigenvectors.</summary>
    /// <param name="poles">d, ascending.</param>
    /// <param name="components">y.</param>
    /// <param name="squares">y_i².</param>
    /// <param name="first">First elements of some vectors, one for each pole.</param>
    /// <param name="last">Last elements of the same.</param>
    /// <param name="threads">The team to compute with.</param>
    public SecularSystem(double[] poles, double[] components, double[] squares, double[] first, double[] last, HostThreads threads)
    {
        Count = poles.Length;
        // Padding that adds nothing to any sum: 0/∞.
        _poles = Padded(poles, double.PositiveInfinity);
        _components = Padded(components, 0);
        _roots = new SecularRoot[Count];
        _inverseNorms = new double[Count];
        FirstElements = new double[Count];
        LastElements = new double[Count];
        threads.Run(Parts(Count, RootsPerPart), new FindRoots(this, Padded(squares, 0)));
        threads.Run(Parts(Count, ComponentsPerPart), new RefineComponents(this));
        threads.Run(Parts(Count, RootsPerPart), new MeasureVectors(this, Padded(first, 0), Padded(last, 0)));
    }

    /// <summary>How many poles there are.</summary>
    public int Count { get; }

    /// <summary>Of each root, the first element of the combination of the vectors whose coefficients are the root's eigenvector.</summary>
    public double[] FirstElements { get; }

    /// <summary>The last element of the same.</summary>
    public double[] LastElements { get; }

    /// <summary>A length rounded up to whole vectors.</summary>
    public static int RoundUp(int length) => (length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>The eigenvectors.</summary>
    public SecularVectors Vectors => new(_poles, _components, _poles, _roots, _inverseNorms);

    /// <summary>The eigenvalues, ascending.</summary>
    public double[] Roots()
    {
        double[] roots = new double[Count];
        for (int i = 0; i < Count; i++)
            roots[i] = _poles[_roots[i].Origin] + _roots[i].Offset;
        return roots;
    }

    /// <summary>The eigenvectors, their elements in another order.</summary>
    /// <param name="poles">Which pole's element stands in each place.</param>
    public SecularVectors VectorsInOrder(ReadOnlySpan<int> poles)
    {
        double[] placedPoles = [.. _poles], placedComponents = [.. _components];
        for (int i = 0; i < poles.Length; i++)
            (placedPoles[i], placedComponents[i]) = (_poles[poles[i]], _components[poles[i]]);
        return new(placedPoles, placedComponents, _poles, _roots, _inverseNorms);
    }

    private int PaddedCount => RoundUp(Count);

    // A whole vector can be read from any element on.
    private static double[] Padded(double[] values, double padding)
    {
        double[] padded = new double[values.Length + Vector<double>.Count];
        values.CopyTo(padded, 0);
        padded.AsSpan(values.Length).Fill(padding);
        return padded;
    }

    private static int Parts(int count, int each) => (count + each - 1) / each;

    private readonly struct FindRoots(SecularSystem system, double[] weights) : IPartitionedWork
    {
        public void Run(int part)
        {
            ReadOnlySpan<double> poles = system._poles.AsSpan(0, system.PaddedCount);
            for (int j = part * RootsPerPart; j < Math.Min(system.Count, (part + 1) * RootsPerPart); j++)
                system._roots[j] = SecularEquation.Root(poles, weights.AsSpan(0, poles.Length), system.Count, j);
        }
    }

    private readonly struct RefineComponents(SecularSystem system) : IPartitionedWork
    {
        public void Run(int part)
        {
            int end = Math.Min(system.PaddedCount, (part + 1) * ComponentsPerPart);
            for (int p = part * ComponentsPerPart; p < end; p += Vector<double>.Count)
            {
                Vector<double> given = new(system._components, p);
                Vector.CopySign(Vector.SquareRoot(Vector.Abs(Product(p))), given).CopyTo(system._components, p);
            }

            // Of the padding the product is ∞.
            if (end == system.PaddedCount)
                system._components.AsSpan(system.Count).Clear();
        }

        private Vector<double> Product(int place)
        {
            ref double poles = ref MemoryMarshal.GetArrayDataReference(system._poles);
            var here = Vector.LoadUnsafe(ref poles, (nuint)place);
            Vector<double> product = Vector<double>.One;
            for (int j = 0; j < system.Count; j++)
            {
                SecularRoot root = system._roots[j];
                Vector<double> distance = here - new Vector<double>(system._poles[j]);
                // The factor of a pole's own root has no denominator.
                Vector<double> denominator = Vector.ConditionalSelect(Vector.Equals(distance, Vector<double>.Zero), Vector<double>.One, distance);
                product *= root.DistanceTo(ref poles, place, system._poles) / denominator;
            }

            return product;
        }
    }

    // Lengths, and what the vectors' coefficients make of first and last elements, in one pass: the divisions are what it costs.
    private readonly struct MeasureVectors(SecularSystem system, double[] first, double[] last) : IPartitionedWork
    {
        public void Run(int part)
        {
            ref double poles = ref MemoryMarshal.GetArrayDataReference(system._poles);
            for (int j = part * RootsPerPart; j < Math.Min(system.Count, (part + 1) * RootsPerPart); j++)
            {
                SecularRoot root = system._roots[j];
                Vector<double> squares = Vector<double>.Zero, firsts = Vector<double>.Zero, lasts = Vector<double>.Zero;
                for (int p = 0; p < system.PaddedCount; p += Vector<double>.Count)
                {
                    Vector<double> element = new Vector<double>(system._components, p) / root.DistanceTo(ref poles, p, system._poles);
                    squares += element * element;
                    firsts += element * new Vector<double>(first, p);
                    lasts += element * new Vector<double>(last, p);
                }

                double inverse = 1 / Math.Sqrt(Vector.Sum(squares));
                system._inverseNorms[j] = inverse;
                (system.FirstElements[j], system.LastElements[j]) = (inverse * Vector.Sum(firsts), inverse * Vector.Sum(lasts));
            }
        }
    }
}
