using BasinVolume.Basins;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Landscapes;
using BasinVolume.Mnist.Spectra;

namespace BasinVolume.Mnist.Results;

/// <summary>How choices are spelled on the command line and in files: one spelling for both.</summary>
public static class Names
{
    /// <summary>float32 or float64.</summary>
    public static string Of(Precision precision) => precision switch
    {
        Precision.Float32 => "float32",
        Precision.Float64 => "float64",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    /// <summary>float16, float32 or float64.</summary>
    public static string Of(MatrixPrecision precision) => precision switch
    {
        MatrixPrecision.Float16 => "float16",
        MatrixPrecision.Float32 => "float32",
        MatrixPrecision.Float64 => "float64",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    /// <summary>batch-mean or sample-mean.</summary>
    public static string Of(Weighting weighting) => weighting switch
    {
        Weighting.BatchMean => "batch-mean",
        Weighting.SampleMean => "sample-mean",
        _ => throw new ArgumentOutOfRangeException(nameof(weighting), weighting, null),
    };

    /// <summary>default, weights or option.</summary>
    public static string Of(PixelOrigin origin) => origin switch
    {
        PixelOrigin.Default => "default",
        PixelOrigin.Weights => "weights",
        PixelOrigin.Option => "option",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    /// <summary>excluded or included.</summary>
    public static string Of(Penalty penalty) => penalty switch
    {
        Penalty.Excluded => "excluded",
        Penalty.Included => "included",
        _ => throw new ArgumentOutOfRangeException(nameof(penalty), penalty, null),
    };

    /// <summary>leading, negative, gradient or random.</summary>
    public static string Of(DirectionKind kind) => kind switch
    {
        DirectionKind.Leading => "leading",
        DirectionKind.Negative => "negative",
        DirectionKind.Gradient => "gradient",
        DirectionKind.Random => "random",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>with-replacement or without-replacement.</summary>
    public static string Of(Sampling sampling) => sampling switch
    {
        Sampling.WithReplacement => "with-replacement",
        Sampling.WithoutReplacement => "without-replacement",
        _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, null),
    };

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

    /// <summary>flat, minimum, saddle or maximum.</summary>
    public static string Of(QuadraticShape shape) => shape switch
    {
        QuadraticShape.Flat => "flat",
        QuadraticShape.Minimum => "minimum",
        QuadraticShape.Saddle => "saddle",
        QuadraticShape.Maximum => "maximum",
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
