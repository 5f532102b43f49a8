using BasinVolume.Data.Formats;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Subsets;

namespace BasinVolume.Mnist.Options;

/// <summary>How the program's own choices are spelled on the command line and in files: one spelling for both.</summary>
public static class ChoiceNames
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
    public static string Of(InputOrigin origin) => origin switch
    {
        InputOrigin.Default => "default",
        InputOrigin.Weights => "weights",
        InputOrigin.Option => "option",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    /// <summary>cross-entropy, mean-squared or binary-cross-entropy.</summary>
    public static string Of(LossChoice loss) => loss switch
    {
        LossChoice.CrossEntropy => "cross-entropy",
        LossChoice.MeanSquared => "mean-squared",
        LossChoice.BinaryCrossEntropy => "binary-cross-entropy",
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, null),
    };

    /// <summary>first or last.</summary>
    public static string Of(ChannelOrder order) => order switch
    {
        ChannelOrder.First => "first",
        ChannelOrder.Last => "last",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, null),
    };

    /// <summary>pixels or numbers.</summary>
    public static string Of(TableElements elements) => elements switch
    {
        TableElements.Pixels => "pixels",
        TableElements.Numbers => "numbers",
        _ => throw new ArgumentOutOfRangeException(nameof(elements), elements, null),
    };

    /// <summary>excluded or included.</summary>
    public static string Of(Penalty penalty) => penalty switch
    {
        Penalty.Excluded => "excluded",
        Penalty.Included => "included",
        _ => throw new ArgumentOutOfRangeException(nameof(penalty), penalty, null),
    };

    /// <summary>hessian or gauss-newton.</summary>
    public static string Of(CurvatureMatrix matrix) => matrix switch
    {
        CurvatureMatrix.Hessian => "hessian",
        CurvatureMatrix.GaussNewton => "gauss-newton",
        _ => throw new ArgumentOutOfRangeException(nameof(matrix), matrix, null),
    };

    /// <summary>with-replacement, without-replacement or all.</summary>
    public static string Of(Sampling sampling) => sampling switch
    {
        Sampling.WithReplacement => "with-replacement",
        Sampling.WithoutReplacement => "without-replacement",
        Sampling.All => "all",
        _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, null),
    };
}
