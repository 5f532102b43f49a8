using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Volumes;

/// <summary>A constant of a volume's definition that is outside its range. The message names it, what is expected, and what was given.</summary>
public sealed class VolumeParameterException(string message) : ExplainedException(message);
