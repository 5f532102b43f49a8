using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>Eigenpairs that cannot be searched for as was asked; the message says what was expected, what was found and what to do.</summary>
/// <param name="message">One sentence for the person at the keyboard.</param>
public sealed class LanczosException(string message) : ExplainedException(message);
