using System.Globalization;

namespace BasinVolume.Curvature.Groups;

/// <summary>Neighbouring coordinates that belong together, such as the elements of a tensor.</summary>
/// <param name="Name">What the group is called in results.</param>
/// <param name="Offset">The first coordinate.</param>
/// <param name="Length">How many coordinates, at least 0.</param>
public sealed record ParameterGroup(string Name, int Offset, int Length)
{
    /// <summary>The coordinates as a range.</summary>
    public Range Range => Offset..(Offset + Length);

    /// <summary>Checks that the group lies inside a matrix.</summary>
    /// <exception cref="MatrixException">It does not.</exception>
    internal void ThrowIfOutside(int order)
    {
        if (Offset < 0 || Length < 0 || Offset + (long)Length > order)
        {
            throw new MatrixException(string.Create(
                CultureInfo.InvariantCulture,
                $"The group '{Name}' has {Length} coordinates from {Offset} on, but the matrix has order {order}: "
                + $"give the groups of the network that the matrix belongs to."));
        }
    }
}
