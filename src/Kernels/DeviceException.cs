namespace BasinVolume.Kernels;

/// <summary>A device that is not there, cannot do what was asked of it, or failed while doing it.</summary>
/// <param name="message">One sentence for the person at the keyboard.</param>
/// <param name="inner">What caused it, if something did.</param>
public sealed class DeviceException(string message, Exception? inner = null) : ExplainedException(message, inner);
