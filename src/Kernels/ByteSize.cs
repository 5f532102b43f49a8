using System.Globalization;

namespace BasinVolume.Kernels;

/// <summary>Amounts of memory for people.</summary>
public static class ByteSize
{
    private const double Step = 1000;

    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>An amount with four digits in the unit that suits it, such as 512 bytes, 1.5 KB or 23.45 GB; no amount above 0 is shown as 0.</summary>
    /// <param name="bytes">The amount; a double, as products of sizes may exceed what a long holds.</param>
    public static string Of(double bytes)
    {
        int unit = 0;
        // What would be rounded up to 1000 of a unit is 1 of the next.
        while (Math.Abs(bytes) >= Step - 0.05 && unit < Units.Length - 1)
        {
            bytes /= Step;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.###} {Units[unit]}");
    }
}
