using System.Collections.Immutable;

namespace BasinVolume.Curvature.Stationary;

/// <summary>How a search for a stationary point ended.</summary>
public enum SearchEnd
{
    /// <summary>|g| is at most the tolerance.</summary>
    Converged,

    /// <summary>No step, however short, lowers the loss as its quadratic model says it should: rounding, or a kink.</summary>
    Stalled,

    /// <summary>As many steps as were allowed have been taken.</summary>
    StepLimit,

    /// <summary>Loss or gradient is not a number.</summary>
    NotANumber,
}

/// <summary>One step of the search, taken or not.</summary>
/// <param name="Loss">The loss after it.</param>
/// <param name="GradientNorm">|g| after it.</param>
/// <param name="Length">|z|, how long it was; 0 if it was not taken.</param>
/// <param name="Radius">The trust region it had to keep to.</param>
/// <param name="Products">Products of the Hessian with a direction that it took to find.</param>
public readonly record struct NewtonStep(double Loss, double GradientNorm, double Length, double Radius, int Products);

/// <summary>Where a search ended.</summary>
/// <param name="End">How.</param>
/// <param name="Weights">θ.</param>
/// <param name="Start">Loss and |g| before the first step.</param>
/// <param name="Steps">The steps in order.</param>
/// <param name="Distance">How far θ lies from where the search began.</param>
public sealed record StationaryPoint(SearchEnd End, ImmutableArray<double> Weights, NewtonStep Start, ImmutableArray<NewtonStep> Steps, double Distance)
{
    /// <summary>Loss and |g| at the end.</summary>
    public NewtonStep Last => Steps.IsEmpty ? Start : Steps[^1];
}
