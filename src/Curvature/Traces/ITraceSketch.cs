using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Traces;

/// <summary>What random probes tell of a trace on a complement, as the search for a tolerance uses it.</summary>
internal interface ITraceSketch
{
    /// <summary>k.</summary>
    int Probes { get; }

    /// <summary>Products that a probe takes.</summary>
    int ProductsPerProbe { get; }

    /// <summary>Products until now.</summary>
    long Products { get; }

    /// <summary>How many dimensions <see cref="Span"/> finds covered already.</summary>
    int Covered { get; }

    /// <summary>‖A‖ as far as it was seen, or more.</summary>
    double Norm { get; }

    /// <summary>What is at most left of the trace where the probes have met all of the matrix; null as long as they have not.</summary>
    double? Unseen { get; }

    /// <summary>Adds probes, [b, n], of length √m in the complement; kept.</summary>
    void Grow(Matrix probes, CancellationToken cancellation);

    /// <summary>The estimate from at least three probes; null where they say that the matrix is not of the kind that this is for.</summary>
    LeftOutValues? Values(CancellationToken cancellation);

    /// <summary>Covers dimensions by random vectors, [b, n], that are no probes.</summary>
    void Span(Matrix vectors, CancellationToken cancellation);

    /// <summary>The trace on what is covered.</summary>
    double CoveredTrace { get; }
}
