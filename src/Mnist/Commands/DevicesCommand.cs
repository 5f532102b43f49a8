using System.CommandLine;
using BasinVolume.Kernels.Devices;
using BasinVolume.Mnist.Terminal;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>devices: what there is to compute on, and why each is or is not usable.</summary>
internal static class DevicesCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("devices", "List the devices that were found, and why each is or is not usable.");
        command.SetAction(_ =>
        {
            Print(Terminals.StandardError());
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Print(IAnsiConsole console)
    {
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("--device", "name", "usable", "float64", "memory", "why");
        foreach (DeviceCandidate device in DeviceCatalog.List())
        {
            string memory = device.MemoryBytes > 0 ? FormattableString.Invariant($"{device.MemoryBytes / (double)(1L << 30):f1} GiB") : "–";
            table.AddRow(
                Markup.Escape(device.Spec), Markup.Escape(device.Name), device.Usable ? "yes" : "no", device.SupportsDouble ? "yes" : "no", memory, Markup.Escape(device.Reason));
        }

        console.Write(table);
    }
}
