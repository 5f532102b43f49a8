using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Traces;

/// <summary>What random probes tell of a diagonal, as the search for a tolerance uses it.</summary>
internal interface IDiagonalSketch
{
    /// <summary>k.</summary>
    int Probes { get; }

    /// <summary>Products that a probe takes.</summary>
    int ProductsPerProbe { get; }

    /// <summary>Vectors of n elements that are kept for each probe.</summary>
    int VectorsPerProbe { get; }

    /// <summary>Products until now.</summary>
    long Products { get; }

    /// <summary>‖A‖ as far as it was seen, or more.</summary>
    double Norm { get; }

    /// <summary>What is at most left of an entry where the probes have met all of the matrix; null as long as they have not.</summary>
    double? Unseen { get; }

    /// <summary>Makes orthonormal vectors, [d, n], part of every approximation; before any probe.</summary>
    void Give(Matrix vectors, CancellationToken cancellation);

    /// <summary>Adds probes of signs, [b, n]; kept.</summary>
    void Grow(Matrix probes, CancellationToken cancellation);

    /// <summary>
    /// What gives the entries first … first + count − 1 by each probe, [k, count], or all alike in one row where <see cref="Unseen"/> is known; null where the
    /// probes say that the matrix is not of the kind that this is for.
    /// </summary>
    Func<int, int, Matrix>? Values(CancellationToken cancellation);
}
