namespace BasinVolume.Kernels;

/// <summary>A device that is not there, cannot do what was asked of it, or failed while doing it.</summary>
public sealed class DeviceException(string message, Exception? inner = null) : ExplainedException(message, inner);
