using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Jobs;

/// <summary>An identity that must hold does not: the derivatives are wrong.</summary>
public sealed class IdentityException(string message) : ExplainedException(message);
