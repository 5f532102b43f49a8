using System.Collections.Immutable;
using System.Globalization;

namespace BasinVolume.Curvature.Structure;

/// <summary>
/// Null directions of all groups put together. Shift sets do not overlap, so their directions are independent;
/// an unused coordinate adds a dimension unless it is the last of its set:
/// then the set's direction is the sum of coordinates that are null already.
/// </summary>
internal sealed class DirectionTable
{
    private const int None = -1;

    private readonly int _order;
    private readonly ImmutableArray<NullDirections> _groups;
    private readonly List<ImmutableArray<int>> _sets = [];
    private readonly int[] _setOf;
    private readonly bool[] _unused;
    private readonly int[] _counts;

    /// <summary>Reads the description.</summary>
    /// <exception cref="MatrixException">A coordinate is not in the matrix, or is named twice where that is not allowed; a set is empty.</exception>
    public DirectionTable(int order, ImmutableArray<NullDirections> groups)
    {
        (_order, _groups) = (order, groups);
        _setOf = new int[order];
        Array.Fill(_setOf, None);
        _unused = new bool[order];
        _counts = new int[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            if (groups[g] is ShiftInvariance shift)
                AddSets(g, shift);
        }

        int[] left = [.. _sets.Select(set => set.Length)];
        for (int g = 0; g < groups.Length; g++)
        {
            if (groups[g] is UnusedCoordinates unused)
                AddUnused(g, unused, left);
        }
    }

    /// <summary>How many dimensions a group adds to the null space.</summary>
    public int Count(int group) => _counts[group];

    /// <summary>The directions of a group as the coordinates at which they are 1.</summary>
    public IEnumerable<int[]> Of(int group) => _groups[group] switch
    {
        ShiftInvariance shift => shift.Sets.Select(set => set.ToArray()),
        UnusedCoordinates unused => unused.Coordinates.Select(coordinate => new[] { coordinate }),
        var other => throw new ArgumentException($"{other.GetType().Name} is no known kind of null directions."),
    };

    /// <summary>The shift sets without their unused coordinates, where any other is left.</summary>
    public int[][] RemainingSets() => [.. _sets.Select(set => set.Where(i => !_unused[i]).ToArray()).Where(set => set.Length > 0)];

    /// <summary>The coordinates that are not null once each remaining set's first one is its null direction, ascending.</summary>
    public int[] KeptCoordinates()
    {
        HashSet<int> firsts = [.. RemainingSets().Select(set => set[0])];
        return [.. Enumerable.Range(0, _order).Where(i => !_unused[i] && !firsts.Contains(i))];
    }

    /// <summary>The unused coordinates of all groups, ascending.</summary>
    public int[] UnusedCoordinates() => [.. Enumerable.Range(0, _order).Where(i => _unused[i])];

    private void AddSets(int group, ShiftInvariance shift)
    {
        foreach (ImmutableArray<int> set in shift.Sets)
        {
            if (set.IsEmpty)
                throw new MatrixException($"A set of '{shift.Name}' has no coordinates: leave it out.");
            foreach (int coordinate in set)
            {
                ThrowIfOutside(shift.Name, coordinate);
                if (_setOf[coordinate] != None)
                    throw new MatrixException(NamedTwice(shift.Name, coordinate, "in two shift sets"));
                _setOf[coordinate] = _sets.Count;
            }

            _sets.Add(set);
            _counts[group]++;
        }
    }

    private void AddUnused(int group, UnusedCoordinates unused, int[] leftOfSet)
    {
        foreach (int coordinate in unused.Coordinates)
        {
            ThrowIfOutside(unused.Name, coordinate);
            if (_unused[coordinate])
                throw new MatrixException(NamedTwice(unused.Name, coordinate, "as unused twice"));
            _unused[coordinate] = true;
            int set = _setOf[coordinate];
            if (set == None || --leftOfSet[set] > 0)
                _counts[group]++;
        }
    }

    private void ThrowIfOutside(string name, int coordinate)
    {
        if ((uint)coordinate >= (uint)_order)
        {
            throw new MatrixException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' names coordinate {coordinate} of a matrix of order {_order}, whose coordinates are 0 to {_order - 1}: "
                + $"check that the description belongs to this matrix."));
        }
    }

    private static string NamedTwice(string name, int coordinate, string how) => string.Create(
        CultureInfo.InvariantCulture,
        $"Coordinate {coordinate} of '{name}' is named {how}: name it once.");
}
