namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// The places of an image at which a product is wanted, taken by vectors of neighbours: row by row, or all of them as one row, with what lies between two rows
/// taken along in vain, whichever needs fewer vectors.
/// </summary>
internal sealed class Positions
{
    private readonly bool _byRows;
    private readonly int[] _firstRuns;
    private readonly Run[] _runs;
    private readonly Run[] _pieces;
    private readonly (int First, int Last)[] _rows;

    /// <summary>Rows and columns of places.</summary>
    /// <param name="rows">Rows that are wanted.</param>
    /// <param name="columns">Columns that are wanted.</param>
    /// <param name="pitch">Elements from one row to the next.</param>
    /// <param name="start">Where the first place lies.</param>
    /// <param name="target">Where what is computed at a place belongs.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public Positions(int rows, int columns, int pitch, int start, Target target, int lanes)
    {
        (Lanes, ColumnStep) = (lanes, target.ColumnStep);
        (int byRows, int inOne) = Counts(rows, columns, pitch, lanes);
        _byRows = byRows <= inOne;
        List<int> starts = [], firstRuns = [];
        List<(int, int)> rowsOf = [];
        List<Run> runs = [];
        for (int v = 0; v < Math.Min(byRows, inOne); v++)
        {
            firstRuns.Add(runs.Count);
            int place = _byRows ? PlaceByRows(v, columns, pitch, lanes) : v * lanes;
            starts.Add(start + place);
            // A vector of one row does not go on in the next.
            int row = place / pitch, last = _byRows ? row : Math.Min(rows - 1, (place + lanes - 1) / pitch);
            rowsOf.Add((row, last));
            int done = _byRows ? (v % Shares(columns, lanes) * lanes) - (place % pitch) : 0;
            AddRuns(runs, place, done, last + 1, columns, pitch, target, lanes);
        }

        firstRuns.Add(runs.Count);
        (Starts, _firstRuns, _runs, _rows) = ([.. starts], [.. firstRuns], [.. runs], [.. rowsOf]);
        _pieces = Merged(runs, firstRuns, lanes);
    }

    /// <summary>Where each vector begins.</summary>
    public int[] Starts { get; }

    /// <summary>Elements of a vector.</summary>
    public int Lanes { get; }

    /// <summary>Elements between the targets of neighbouring places.</summary>
    public int ColumnStep { get; }

    /// <summary>How many vectors.</summary>
    public int Count => Starts.Length;

    /// <summary>How many vectors so many rows and columns take.</summary>
    /// <param name="rows">Rows that are wanted.</param>
    /// <param name="columns">Columns that are wanted.</param>
    /// <param name="pitch">Elements from one row to the next.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public static int CountOf(int rows, int columns, int pitch, int lanes)
    {
        (int byRows, int inOne) = Counts(rows, columns, pitch, lanes);
        return Math.Min(byRows, inOne);
    }

    /// <summary>The rows that a vector has places in.</summary>
    public (int First, int Last) RowsOf(int vector) => _rows[vector];

    /// <summary>The lanes of a vector that are wanted.</summary>
    public ReadOnlySpan<Run> RunsOf(int vector) => _runs.AsSpan(_firstRuns[vector].._firstRuns[vector + 1]);

    /// <summary>The lanes of all vectors that are wanted, counted through, in pieces as long as possible.</summary>
    public ReadOnlySpan<Run> Pieces => _pieces;

    /// <summary>
    /// Whether all lanes of a vector belong side by side, from <see cref="TargetOf"/> on: the last vector of a row begins with places of the one before, which
    /// may be written once more, but not added.
    /// </summary>
    public bool IsWhole(int vector, bool accumulate)
    {
        Run run = _runs[_firstRuns[vector]];
        int done = accumulate || !_byRows ? 0 : run.Lane;
        return ColumnStep == 1 && run.Length == Lanes - done;
    }

    /// <summary>Where a whole vector belongs.</summary>
    public int TargetOf(int vector) => _runs[_firstRuns[vector]].Target - _runs[_firstRuns[vector]].Lane;

    private static (int ByRows, int InOne) Counts(int rows, int columns, int pitch, int lanes)
        => (rows * Shares(columns, lanes), Shares(((rows - 1) * pitch) + columns, lanes));

    private static int Shares(int whole, int size) => (whole + size - 1) / size;

    // The last vector of a row ends with it, if the row is as long as a vector.
    private static int PlaceByRows(int vector, int columns, int pitch, int lanes)
    {
        (int row, int part) = Math.DivRem(vector, Shares(columns, lanes));
        return (row * pitch) + Math.Min(part * lanes, Math.Max(0, columns - lanes));
    }

    private static Run[] Merged(List<Run> runs, List<int> firstRuns, int lanes)
    {
        List<Run> pieces = [];
        for (int vector = 0; vector < firstRuns.Count - 1; vector++)
        {
            foreach (Run run in runs[firstRuns[vector]..firstRuns[vector + 1]])
            {
                Run whole = run with { Lane = (vector * lanes) + run.Lane };
                if (pieces.Count > 0 && pieces[^1] is var last && last.Lane + last.Length == whole.Lane && last.Target + last.Length == whole.Target)
                    pieces[^1] = last with { Length = last.Length + whole.Length };
                else
                    pieces.Add(whole);
            }
        }

        return [.. pieces];
    }

    // done: lanes whose places an earlier vector has.
    private static void AddRuns(List<Run> runs, int place, int done, int endRow, int columns, int pitch, Target target, int lanes)
    {
        (int row, int column) = Math.DivRem(place + done, pitch);
        for (int lane = done; lane < lanes && row < endRow; row++)
        {
            int length = Math.Min(lanes - lane, columns - column);
            if (length > 0)
                runs.Add(new(lane, target.Start + (row * target.RowStep) + (column * target.ColumnStep), length));
            lane += pitch - column;
            column = 0;
        }
    }

    /// <summary>Lanes side by side that are wanted.</summary>
    /// <param name="Lane">The first one.</param>
    /// <param name="Target">Where it belongs.</param>
    /// <param name="Length">How many.</param>
    internal readonly record struct Run(int Lane, int Target, int Length);

    /// <summary>Where results belong: elements from one row to the next and from one column to the next.</summary>
    /// <param name="Start">The first place's.</param>
    /// <param name="RowStep">From one row to the next.</param>
    /// <param name="ColumnStep">From one column to the next.</param>
    internal readonly record struct Target(int Start, int RowStep, int ColumnStep);
}
