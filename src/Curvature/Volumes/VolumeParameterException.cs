using System.Globalization;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Volumes;

/// <summary>A constant of a volume's definition that is outside its range. The message names it, what is expected, and what was given.</summary>
/// <param name="message">One sentence that says all of it.</param>
public sealed class VolumeParameterException(string message) : ExplainedException(message)
{
    /// <summary>A finite number above 0, or the exception.</summary>
    internal static double CheckedPositive(string name, double value) => Checked(name, value, double.IsFinite(value) && value > 0, "a finite number above 0");

    /// <summary>The value if it is valid, or the exception.</summary>
    internal static double Checked(string name, double value, bool valid, string expected) => valid
        ? value
        : throw new VolumeParameterException(string.Create(
            CultureInfo.InvariantCulture,
            $"The volume's {name} is {value} where {expected} is expected: choose another value."));
}
