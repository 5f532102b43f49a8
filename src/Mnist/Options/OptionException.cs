using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Options;

/// <summary>An option whose value is out of its range.</summary>
public sealed class OptionException(string message) : ExplainedException(message);
