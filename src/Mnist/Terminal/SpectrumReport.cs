using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Groups;
using BasinVolume.Mnist.Jobs.SpectrumJob;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The tables of a spectrum: what it is, its log-determinant against the damping, what each eigenvector says, and the blocks of the groups.</summary>
internal static class SpectrumReport
{
    /// <summary>Prints them, each where there is something in it.</summary>
    public static void Print(IAnsiConsole console, SpectrumResult result)
    {
        console.Write(Overview(result));
        if (!result.Damping.Points.IsEmpty)
            console.Write(Damping(result.Damping));
        if (!result.Vectors.IsEmpty)
            console.Write(Vectors(result.Vectors, result.Source.Groups));
        if (result.Blocks is { } blocks)
            console.Write(Blocks(blocks));
    }

    private static Table Overview(SpectrumResult result)
    {
        Table table = NewTable($"{result.Source.Name}: {result.Source.Matrix.Rows} x {result.Source.Matrix.Rows}", "", "this matrix", "what it means");
        string solved = $"eigenvalues{(result.Vectors.IsEmpty ? string.Empty : " and eigenvectors")}, {result.Solved.Method}";
        IEnumerable<ReportRow> rows = [.. CurvatureRows.SpectrumRows(result.Solved), new("seconds", F($"{result.SolveSeconds:f2}"), solved)];
        foreach (ReportRow row in rows)
            AddRow(table, row.Name, row.Value, row.Meaning);
        return table;
    }

    private static Table Damping(DampingCurve curve)
    {
        Table table = NewTable("log det(H + μI)", "μ", "log|det|", "sign", "slope d/d ln μ", "negative");
        foreach (DampingPoint point in curve.Points)
        {
            (string value, string slope) = point.Slope is { } number
                ? (F($"{point.LogDeterminant.LogAbsolute:f4}"), F($"{number:f3}"))
                : ("singular to rounding", CurvatureRows.None);
            AddRow(table, F($"{point.Mu:g6}"), value, F($"{point.LogDeterminant.Sign}"), slope, F($"{point.LogDeterminant.Inertia.Negative}"));
        }

        return table;
    }

    private static Table Vectors(ImmutableArray<EigenvectorReport> vectors, ImmutableArray<ParameterGroup> groups)
    {
        Table table = NewTable(
            "eigenvectors, and the share of each in every group",
            ["column", "eigenvalue", "residual", "|cos(gradient)|", .. groups.Select(group => group.Name)]);
        for (int k = 0; k < vectors.Length; k++)
        {
            EigenvectorReport vector = vectors[k];
            string overlap = vector.GradientOverlap is { } cosine ? F($"{cosine:f4}") : CurvatureRows.None;
            AddRow(table, [F($"{k}"), F($"{vector.Eigenvalue:g6}"), F($"{vector.Residual:g2}"), overlap, .. vector.Shares.Select(share => F($"{share:f4}"))]);
        }

        return table;
    }

    private static Table Blocks(BlockAnalysis analysis)
    {
        IEnumerable<string> names = analysis.Blocks.Select(block => block.Group.Name);
        Table table = NewTable(
            "blocks: each group by itself, and the Frobenius norm of its block with every group",
            ["group", "parameters", "trace", "min", "max", "positive, zero, negative", "log|det|, pseudo", .. names]);
        for (int a = 0; a < analysis.Blocks.Length; a++)
        {
            BlockReport block = analysis.Blocks[a];
            Inertia inertia = block.Spectrum.Inertia;
            AddRow(
                table,
                [
                    block.Group.Name,
                    F($"{block.Group.Length}"),
                    F($"{block.Trace:g6}"),
                    F($"{block.Spectrum.Minimum:g4}"),
                    F($"{block.Spectrum.Maximum:g6}"),
                    F($"{inertia.Positive}, {inertia.Zero}, {inertia.Negative}"),
                    F($"{block.LogDeterminant.PseudoLogAbsolute:f4}"),
                    .. analysis.Norms[a].Select(norm => F($"{norm:g4}")),
                ]);
        }

        return table;
    }

    private static Table NewTable(string title, params string[] columns)
        => new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded }.AddColumns([.. columns.Select(Markup.Escape)]);

    private static void AddRow(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
