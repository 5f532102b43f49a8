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
    private readonly double[] _weights;
    private readonly double[] _components;
    private readonly double[] _placedPoles;
    private readonly double[] _placedComponents;
    private readonly double[] _inverseNorms;
    private readonly SecularRoot[] _roots;

    /// <summary>Workspace for systems of up to <paramref name="capacity"/> poles.</summary>
    public SecularSystem(int capacity)
    {
        int padded = capacity + Vector<double>.Count;
        _poles = new double[padded];
        _weights = new double[padded];
        _components = new double[capacity];
        _placedPoles = new double[padded];
        _placedComponents = new double[padded];
        _inverseNorms = new double[capacity];
        _roots = new SecularRoot[capacity];
    }

    /// <summary>How many poles there are.</summary>
    public int Count { get; private set; }

    private int PaddedCount => RoundUp(Count);

    /// <summary>A length rounded up to whole vectors.</summary>
    public static int RoundUp(int length) => (length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>Forgets all poles.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a pole greater than all before, with its component of y and the square of that.</summary>
    public void Add(double pole, double component, double square)
    {
        _poles[Count] = pole;
        _weights[Count] = square;
        _components[Count++] = component;
    }

    /// <summary>Finds the roots, and ŷ.</summary>
    /// <param name="order">Which pole stands in place p of the eigenvectors, for each of the <see cref="Count"/> places.</param>
    /// <param name="threads">The team to compute with.</param>
    public void Solve(ReadOnlySpan<int> order, HostThreads threads)
    {
        for (int i = 0; i < Count; i++)
        {
            _placedPoles[i] = _poles[order[i]];
            _placedComponents[i] = _components[order[i]];
        }

        // Padding that adds nothing to any sum: 0/∞.
        int padding = PaddedCount - Count;
        _poles.AsSpan(Count, padding).Fill(double.PositiveInfinity);
        _weights.AsSpan(Count, padding).Clear();
        _placedPoles.AsSpan(Count, padding).Fill(double.PositiveInfinity);
        threads.Run(Parts(Count, RootsPerPart), new FindRoots(this));
        threads.Run(Parts(Count, ComponentsPerPart), new RefineComponents(this));
        _placedComponents.AsSpan(Count, padding).Clear();
        threads.Run(Parts(Count, RootsPerPart), new MeasureVectors(this));
    }

    /// <summary>Root number <paramref name="index"/>, ascending.</summary>
    public double Root(int index) => _poles[_roots[index].Origin] + _roots[index].Offset;

    /// <summary>Places <paramref name="first"/> … + <paramref name="count"/> − 1 of some eigenvectors of length 1, a vector a row.</summary>
    /// <param name="rows">[roots, RoundUp(count)]; what stands behind <paramref name="count"/> elements of a row means nothing.</param>
    /// <param name="roots">Whose eigenvectors.</param>
    /// <param name="first">The first place.</param>
    /// <param name="count">How many places.</param>
    /// <param name="threads">The team to compute with.</param>
    public void WriteVectors(double[] rows, Range roots, int first, int count, HostThreads threads)
    {
        (int firstRoot, int rootCount) = roots.GetOffsetAndLength(Count);
        threads.Run(Parts(rootCount, RootsPerPart), new WriteRows(this, rows, firstRoot, firstRoot + rootCount, first, RoundUp(count)));
    }

    private static int Parts(int count, int each) => (count + each - 1) / each;

    private static Vector<double> Difference(ref double poles, int place, double origin, double offset) =>
        Vector.LoadUnsafe(ref poles, (nuint)place) - new Vector<double>(origin) - new Vector<double>(offset);

    private readonly struct FindRoots(SecularSystem system) : IPartitionedWork
    {
        public void Run(int part)
        {
            ReadOnlySpan<double> poles = system._poles.AsSpan(0, system.PaddedCount);
            ReadOnlySpan<double> weights = system._weights.AsSpan(0, system.PaddedCount);
            for (int j = part * RootsPerPart; j < Math.Min(system.Count, (part + 1) * RootsPerPart); j++)
                system._roots[j] = SecularEquation.Root(poles, weights, system.Count, j);
        }
    }

    private readonly struct RefineComponents(SecularSystem system) : IPartitionedWork
    {
        public void Run(int part)
        {
            int end = Math.Min(system.PaddedCount, (part + 1) * ComponentsPerPart);
            for (int p = part * ComponentsPerPart; p < end; p += Vector<double>.Count)
            {
                Vector<double> given = new(system._placedComponents, p);
                Vector.CopySign(Vector.SquareRoot(Vector.Abs(Product(p))), given).CopyTo(system._placedComponents, p);
            }
        }

        private Vector<double> Product(int place)
        {
            ref double poles = ref MemoryMarshal.GetArrayDataReference(system._placedPoles);
            var here = Vector.LoadUnsafe(ref poles, (nuint)place);
            Vector<double> product = Vector<double>.One;
            for (int j = 0; j < system.Count; j++)
            {
                SecularRoot root = system._roots[j];
                Vector<double> distance = here - new Vector<double>(system._poles[j]);
                // The factor of a pole's own root has no denominator.
                Vector<double> denominator = Vector.ConditionalSelect(Vector.Equals(distance, Vector<double>.Zero), Vector<double>.One, distance);
                product *= Difference(ref poles, place, system._poles[root.Origin], root.Offset) / denominator;
            }

            return product;
        }
    }

    private readonly struct MeasureVectors(SecularSystem system) : IPartitionedWork
    {
        public void Run(int part)
        {
            ref double poles = ref MemoryMarshal.GetArrayDataReference(system._placedPoles);
            for (int j = part * RootsPerPart; j < Math.Min(system.Count, (part + 1) * RootsPerPart); j++)
            {
                SecularRoot root = system._roots[j];
                Vector<double> squares = Vector<double>.Zero;
                for (int p = 0; p < system.PaddedCount; p += Vector<double>.Count)
                {
                    Vector<double> element = new Vector<double>(system._placedComponents, p) / Difference(
                        ref poles, p, system._poles[root.Origin], root.Offset);
                    squares += element * element;
                }

                system._inverseNorms[j] = 1 / Math.Sqrt(Vector.Sum(squares));
            }
        }
    }

    private readonly struct WriteRows(SecularSystem system, double[] rows, int firstRoot, int endRoot, int first, int stride) : IPartitionedWork
    {
        public void Run(int part)
        {
            ref double poles = ref MemoryMarshal.GetArrayDataReference(system._placedPoles);
            int start = firstRoot + (part * RootsPerPart);
            for (int j = start; j < Math.Min(endRoot, start + RootsPerPart); j++)
            {
                SecularRoot root = system._roots[j];
                Vector<double> scale = new(system._inverseNorms[j]);
                for (int p = 0; p < stride; p += Vector<double>.Count)
                {
                    Vector<double> element = new Vector<double>(system._placedComponents, first + p) / Difference(
                        ref poles, first + p, system._poles[root.Origin], root.Offset);
                    (scale * element).CopyTo(rows, ((j - firstRoot) * stride) + p);
                }
            }
        }
    }
}
