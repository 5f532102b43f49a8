using BasinVolume.Basins;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Report.Records;

/// <summary>How choices are spelled on the command line and in files: one spelling for both.</summary>
public static class Names
{
    /// <summary>absolute or excess.</summary>
    public static string Of(ThresholdKind kind) => kind switch
    {
        ThresholdKind.Absolute => "absolute",
        ThresholdKind.Excess => "excess",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>origin or weights.</summary>
    public static string Of(PriorCentre centre) => centre switch
    {
        PriorCentre.Origin => "origin",
        PriorCentre.Weights => "weights",
        _ => throw new ArgumentOutOfRangeException(nameof(centre), centre, null),
    };

    /// <summary>How a search for a stationary point ended.</summary>
    public static string Of(SearchEnd end) => end switch
    {
        SearchEnd.Converged => "converged",
        SearchEnd.Stalled => "stalled",
        SearchEnd.StepLimit => "step_limit",
        SearchEnd.NotANumber => "not_a_number",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
    };

    /// <summary>hessian, diagonal or identity.</summary>
    public static string Of(RayShape shape) => shape switch
    {
        RayShape.Automatic => "auto",
        RayShape.Hessian => "hessian",
        RayShape.Diagonal => "diagonal",
        RayShape.Identity => "identity",
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
    };

    /// <summary>weights or minimum.</summary>
    public static string Of(QuadraticCentre centre) => centre switch
    {
        QuadraticCentre.Weights => "weights",
        QuadraticCentre.Minimum => "minimum",
        _ => throw new ArgumentOutOfRangeException(nameof(centre), centre, null),
    };
}
