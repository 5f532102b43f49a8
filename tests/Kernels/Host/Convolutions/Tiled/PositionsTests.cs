using BasinVolume.Kernels.Host.Convolutions.Tiled;
using CsCheck;

namespace BasinVolume.Kernels.Tests.Host.Convolutions.Tiled;

public sealed class PositionsTests
{
    // Rows, columns, elements between rows that are no places, and the widths that vectors have.
    private static readonly Gen<(int Rows, int Columns, int Gap, int Lanes)> Cases =
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 40], Gen.Int[0, 6], Gen.Int[1, 4].Select(power => 1 << power));

    [Fact]
    public void Runs_have_every_place_once()
        => Cases.Sample(
            c =>
            {
                const int Start = 100;
                int pitch = c.Columns + c.Gap;
                var target = new Positions.Target(5, 3 * c.Columns, 2);
                var positions = new Positions(c.Rows, c.Columns, pitch, Start, target, c.Lanes);
                var runs = Enumerable.Range(0, positions.Count).SelectMany(v => positions.RunsOf(v).ToArray().SelectMany(run => Enumerable.Range(0, run.Length)
                    .Select(n => (Place: positions.Starts[v] + run.Lane + n, Target: run.Target + (n * 2)))));
                var expected = from row in Enumerable.Range(0, c.Rows)
                               from column in Enumerable.Range(0, c.Columns)
                               select (Place: Start + (row * pitch) + column, Target: 5 + (row * 3 * c.Columns) + (column * 2));
                Assert.Equal(expected, runs.Order());
            }, seed: "0N0XIzNsQ0O2", iter: 300, threads: 1);

    [Fact]
    public void Whole_vectors_put_every_place_where_it_belongs()
        => Cases.Sample(
            c =>
            {
                int pitch = c.Columns + c.Gap;
                var positions = new Positions(c.Rows, c.Columns, pitch, 0, new(0, c.Columns, 1), c.Lanes);
                for (int v = 0; v < positions.Count; v++)
                {
                    if (!positions.IsWhole(v, accumulate: false))
                        continue;
                    for (int lane = 0; lane < c.Lanes; lane++)
                    {
                        (int row, int column) = Math.DivRem(positions.Starts[v] + lane, pitch);
                        Assert.True(column < c.Columns);
                        Assert.Equal((row * c.Columns) + column, positions.TargetOf(v) + lane);
                    }
                }
            }, seed: "0N0XIzNsQ0O2", iter: 300, threads: 1);

    [Fact]
    public void Pieces_have_the_lanes_of_all_runs()
        => Cases.Sample(
            c =>
            {
                var positions = new Positions(c.Rows, c.Columns, c.Columns + c.Gap, 0, new(0, c.Columns, 1), c.Lanes);
                var runs = Enumerable.Range(0, positions.Count).SelectMany(v => positions.RunsOf(v).ToArray().SelectMany(run => Enumerable.Range(0, run.Length)
                    .Select(n => (Lane: (v * c.Lanes) + run.Lane + n, Target: run.Target + n))));
                var pieces = positions.Pieces.ToArray().SelectMany(piece => Enumerable.Range(0, piece.Length).Select(n => (piece.Lane + n, piece.Target + n)));
                Assert.Equal(runs, pieces);
            }, seed: "0N0XIzNsQ0O2", iter: 300, threads: 1);
}
