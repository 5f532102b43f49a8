using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Normalizing;

/// <summary>How pixels became inputs when weights were trained, in the metadata that travels with the weights.</summary>
public static class NormalizationMetadata
{
    // Its value is spelled as --normalize has it.
    private const string Key = "basin_volume.normalize";

    extension(StoredWeights weights)
    {
        /// <summary>How pixels became inputs when the weights were trained; null if that is not known.</summary>
        public Normalization? Normalization
            => weights.Metadata.TryGetValue(Key, out string? spelled) && Normalization.TryParse(spelled, out Normalization? normalization)
                ? normalization
                : null;

        /// <summary>The weights with what a run recorded of them, where it did.</summary>
        /// <param name="recorded">What it recorded; null if it did not.</param>
        /// <param name="source">What the weights' file is called in errors.</param>
        /// <exception cref="DataException">The file says something that is no normalization.</exception>
        public StoredWeights Recorded(Normalization? recorded, string source)
        {
            if (weights.Metadata.TryGetValue(Key, out string? spelled) && !Normalization.TryParse(spelled, out _))
                throw new DataException(
                    $"{source} is damaged: its {Key} is '{Printable.Text(spelled)}', expected mnist, none, or MEAN,STD; save the weights again.");
            return recorded is null ? weights : weights with { Metadata = weights.Metadata.SetItem(Key, recorded.Spelling) };
        }
    }

    /// <summary>The metadata that says it.</summary>
    public static IReadOnlyDictionary<string, string> Of(Normalization normalization) => new Dictionary<string, string> { [Key] = normalization.Spelling };
}
