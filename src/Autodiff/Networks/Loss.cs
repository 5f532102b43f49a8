
namespace BasinVolume.Autodiff.Networks;

/// <summary>
/// The end of a network: from its output o and a label or a target to one number ℓ_s a sample. The loss of the network is L = Σ_s ω_s ℓ_s with the samples'
/// weights ω.
/// The adjoint pass begins here (ō = ω ∂ℓ/∂o), and the tangent-adjoint pass with ō˙ = ω ∂²ℓ/∂o² ȯ; there is no output adjoint, and nothing needs the tangent of
/// the loss itself.
/// </summary>
public abstract record Loss : Operator
{
    /// <inheritdoc/>
    public sealed override Shape Output { get; } = new(1);

    /// <summary>How many classes a label can name; 0 when the loss takes no labels.</summary>
    public abstract int LabelCount { get; }

    /// <summary>How many labels a sample has; 0 when the loss takes none.</summary>
    public virtual int LabelsPerSample => TakesLabels ? 1 : 0;

    /// <summary>Elements of a sample's target; 0 when the loss takes labels instead.</summary>
    public abstract int TargetLength { get; }

    /// <summary>The least and the largest number that a target can have.</summary>
    public virtual (double Least, double Most) TargetRange => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Above what a single output says the second of two classes, whose targets are 0 and 1: halfway between them.</summary>
    public virtual double Boundary => 0.5;

    /// <summary>Whether samples carry labels rather than targets.</summary>
    public bool TakesLabels => LabelCount > 0;

    /// <summary>The sizes of the terms of one sample's derivatives.</summary>
    /// <param name="output">o.</param>
    /// <param name="labels">The sample's classes; empty for a loss that takes targets.</param>
    /// <param name="target">The sample's target; empty for a loss that takes labels.</param>
    public abstract LossTerms Terms(ReadOnlySpan<double> output, ReadOnlySpan<int> labels, ReadOnlySpan<double> target);

    /// <inheritdoc/>
    public sealed override void Tangent<T>(Frame<T> at)
    {
        // Nothing follows the loss.
    }
}
