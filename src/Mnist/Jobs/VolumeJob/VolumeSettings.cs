using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>The constants of all definitions, from what was asked and what the run says.</summary>
internal static class VolumeSettings
{
    /// <summary>What was asked, the source's constants where nothing was.</summary>
    /// <exception cref="OptionException">k is 0 and no temperature is given, or two penalties are asked for.</exception>
    /// <exception cref="VolumeParameterException">A constant is outside its range.</exception>
    public static VolumeSetting Of(VolumeOptions options, VolumeSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        VolumeParameters usual = source.Usual;
        if (source.WeightDecay > 0 && options.WeightDecay is { } decay && decay != source.WeightDecay)
            throw new OptionException(FormattableString.Invariant(
                $"--weight-decay {decay} contradicts the run, whose loss has the penalty of λ = {source.WeightDecay} in it; leave it out."));
        double lambda = source.WeightDecay > 0 ? 0 : options.WeightDecay ?? usual.WeightDecay;
        double threshold = options.Threshold ?? usual.Threshold;
        ThresholdKind kind = options.ThresholdKind ?? (source.Loss is null ? ThresholdKind.Excess : ThresholdKind.Absolute);
        var notebook = new VolumeParameters(threshold, lambda, options.K ?? usual.PriorWeight, options.Deviation ?? usual.PriorDeviation);
        double temperature = options.Temperature ?? notebook.PriorWeight;
        if (temperature == 0)
            throw new OptionException("--k is 0, which is no temperature for the fuzzy volume; give one above 0 with --temperature.");
        return new(
            kind == ThresholdKind.Absolute ? BasinThreshold.Absolute(threshold) : BasinThreshold.Excess(threshold),
            notebook,
            new GaussianPrior(options.PriorCentre ?? (source.Weights is null ? PriorCentre.Weights : PriorCentre.Origin), notebook.PriorDeviation),
            temperature,
            options.Penalty == Penalty.Included ? lambda : 0,
            options.Centre);
    }
}
