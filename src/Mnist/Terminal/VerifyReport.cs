using System.Globalization;
using BasinVolume.Kernels;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table of a verification: for each identity how far it is from holding, how far it may be, and why.</summary>
public static class VerifyReport
{
    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, IEnumerable<IdentityCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(checks);
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("identity", "says", "residual", "bound", "verdict", "why", "bound is");
        foreach (IdentityCheck check in checks)
        {
            string verdict = !check.Applies ? "does not apply" : check.Passed ? "holds" : "BROKEN";
            string[] cells = [check.Name, check.Statement, Number(check.Residual), Number(check.Bound), verdict, check.Reason, check.BoundFormula];
            table.AddRow([.. cells.Select(cell => Markup.Escape(cell))]);
        }

        console.Write(table);
    }

    private static string Number(double? value) => value is { } number ? number.ToString("g3", CultureInfo.InvariantCulture) : "–";
}
