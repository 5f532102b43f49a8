using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Solvers;

/// <summary>A recurrence for A e = r of one right-hand side, a product at a time, so that the products of several can be taken together.</summary>
internal abstract class KrylovRecurrence
{
    private readonly IPreconditioner? _preconditioner;

    protected KrylovRecurrence(ReadOnlySpan<double> start, IPreconditioner? preconditioner)
    {
        _preconditioner = preconditioner;
        Solution = new double[start.Length];
        Residual = start.ToArray();
    }

    /// <summary>e, as far as it is known.</summary>
    public double[] Solution { get; }

    /// <summary>r − A e, as the recurrence has it.</summary>
    public double[] Residual { get; }

    /// <summary>What to multiply next.</summary>
    public abstract ReadOnlySpan<double> Direction { get; }

    /// <summary>Why it cannot go on; null while it can.</summary>
    public string? Breakdown { get; protected set; }

    /// <summary>Whether the directions are exhausted: more steps change nothing.</summary>
    public bool IsExhausted { get; protected set; }

    /// <summary>Takes A times <see cref="Direction"/>.</summary>
    public abstract void Accept(ReadOnlySpan<double> product);

    /// <summary>target ← M⁻¹ vector.</summary>
    protected void Precondition(ReadOnlySpan<double> vector, double[] target)
    {
        vector.CopyTo(target);
        _preconditioner?.Apply(new Matrix(1, target.Length, target));
    }
}
