using System.Runtime.Intrinsics;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>Some rows of the weights of one group, packed side by side for one grid.</summary>
/// <param name="Grid">Number of the grid.</param>
/// <param name="Group">Number of the group.</param>
/// <param name="FirstRow">The first row in its group.</param>
/// <param name="Height">Rows of the tile, 8, 6 or 4; those beyond the group's last are zeros.</param>
/// <param name="Start">Where the strip begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct FilterStrip(int Grid, int Group, int FirstRow, int Height, int Start, int End)
{
    /// <summary>All strips of a product.</summary>
    /// <param name="grids">Its grids.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="rows">Rows of a group.</param>
    public static FilterStrip[] Of(IReadOnlyList<Grid> grids, int groups, int rows)
    {
        List<FilterStrip> strips = [];
        int start = 0;
        for (int grid = 0; grid < grids.Count; grid++)
        {
            for (int group = 0; group < groups; group++)
            {
                int row = 0;
                foreach (int height in Heights(rows))
                {
                    int end = checked(start + (height * grids[grid].Depth));
                    strips.Add(new(grid, group, row, height, start, end));
                    (start, row) = (end, row + height);
                }
            }
        }

        return [.. strips];
    }

    // As many eights as possible where there are registers for them, else as many sixes, and fours where they leave less room empty: two sixes hold as much as
    // three fours, an eight and two as much as a six and a four.
    private static IEnumerable<int> Heights(int rows)
    {
        int even = Math.Max(4, rows + (rows % 2));
        int eights = Vector512.IsHardwareAccelerated ? even % 8 == 2 ? (even / 8) - 1 : even / 8 : 0;
        even -= 8 * eights;
        int fours = even % 6 == 0 ? 0 : even % 6 == 4 ? 1 : 2;
        return [.. Enumerable.Repeat(8, eights), .. Enumerable.Repeat(6, (even - (4 * fours)) / 6), .. Enumerable.Repeat(4, fours)];
    }
}
