using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using nietras.SeparatedValues;

namespace BasinVolume.Data.Tables;

/// <summary>What the columns of a table are.</summary>
/// <param name="Names">What all of them are called.</param>
/// <param name="Label">The column that is the class; null where targets are real.</param>
/// <param name="Targets">The columns that are real targets.</param>
/// <param name="Features">All others: what the samples are.</param>
internal sealed record TableColumns(ImmutableArray<string> Names, int? Label, ImmutableArray<int> Targets, ImmutableArray<int> Features)
{
    // What a label's column is called where nobody says.
    private static readonly string[] UsualLabels = ["label", "labels", "class", "target", "y"];

    /// <summary>Finds them out.</summary>
    /// <exception cref="DataException">Nothing says which column is the label, or no column is left for the samples.</exception>
    /// <exception cref="DataOptionException">A column that was named does not exist, or both a label and targets were.</exception>
    public static TableColumns Of(string path, TableHeader header, DataOptions options)
    {
        if (options.LabelColumn is { } label && !options.TargetColumns.IsEmpty)
            throw new DataOptionException(
                $"--label {Printable.Name(label)} says that samples have classes, and --target {Printable.List(options.TargetColumns)} that they have real "
                + $"targets; give one of them.");
        ImmutableArray<int> targets = [.. options.TargetColumns.Select(name => Find(path, header, name, "--target")).Distinct()];
        int? place = !targets.IsEmpty ? null : options.LabelColumn is { } name ? Find(path, header, name, "--label") : UsualLabel(path, header);
        ImmutableArray<int> features = [.. Enumerable.Range(0, header.Names.Length).Where(column => column != place && !targets.Contains(column))];
        return !features.IsEmpty ? new(header.Names, place, targets, features) : throw new DataException(
            $"{path} has only the columns {Printable.List(header.Names)}: expected columns of numbers beside "
            + $"{(targets.IsEmpty ? "the label" : "the targets")}; give a table that has some, separated by commas, semicolons or tabulators.");
    }

    /// <summary>Sees to it that a row has a cell for each.</summary>
    /// <exception cref="DataException">It has more or fewer.</exception>
    public void Check(SepReader.Row row, string path)
    {
        if (row.ColCount != Names.Length)
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} has {row.ColCount} cells in line {row.LineNumberFrom}, expected {Names.Length} as in its first row; "
                + $"mend that line, or fetch the file again."));
    }

    private static int Find(string path, TableHeader header, string name, string option)
        => header.Names.IndexOf(name) is >= 0 and var column ? column : throw new DataOptionException(
            $"{path} has no column '{Printable.Name(name)}'{Without(header)}: it has {Printable.List(header.Names)}; give one of these with {option}.");

    private static int UsualLabel(string path, TableHeader header)
    {
        int[] found = [.. Enumerable.Range(0, header.Names.Length).Where(i => UsualLabels.Contains(header.Names[i], StringComparer.OrdinalIgnoreCase))];
        return found.Length == 1 ? found[0] : throw new DataException(
            $"{path} does not say which column is the label{Without(header)}: expected one that is called {string.Join(", ", UsualLabels)}, got "
            + $"{Printable.List(header.Names)}; name it with --label, or real targets with --target.");
    }

    private static string Without(TableHeader header) => header.IsInFile ? string.Empty : ", for it has no header and its columns are called by their numbers";
}
