using BasinVolume.Kernels;

namespace BasinVolume.Curvature;

/// <summary>
/// A matrix that is not what was asked for: not square, not symmetric, not finite, or with eigenvalues beyond the range of a double.
/// The message names the element (row and column counted from 0), what was expected, what was found and what to do.
/// </summary>
/// <param name="message">One sentence for the person at the keyboard.</param>
public sealed class MatrixException(string message) : ExplainedException(message);
