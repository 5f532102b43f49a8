namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Is shown one sample as the network sees it.</summary>
/// <param name="value">One of the network's values, such as the features that the last layer takes.</param>
/// <param name="output">The network's output.</param>
/// <param name="label">The sample's class; −1 when the loss takes none.</param>
/// <param name="weight">ω.</param>
internal delegate void SampleVisitor(ReadOnlySpan<double> value, ReadOnlySpan<double> output, int label, double weight);
