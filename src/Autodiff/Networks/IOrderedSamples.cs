namespace BasinVolume.Autodiff.Networks;

/// <summary>Samples that are read ahead, and therefore in ascending order, one chunk after the other.</summary>
internal interface IOrderedSamples : ISamples;
