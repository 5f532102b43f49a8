using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Networks;

/// <summary>A network that cannot be: shapes that do not meet, names used twice, no loss, parameters or data that do not fit it.</summary>
/// <param name="message">One sentence for the person at the keyboard.</param>
public sealed class NetworkException(string message) : ExplainedException(message);
