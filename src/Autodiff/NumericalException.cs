using BasinVolume.Kernels;

namespace BasinVolume.Autodiff;

/// <summary>A computation that left the finite numbers.</summary>
public sealed class NumericalException(string message) : ExplainedException(message);
