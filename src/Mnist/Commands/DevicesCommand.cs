using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Gpu.Devices;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Commands;

/// <summary>devices: what there is to compute on, and why each is or is not usable.</summary>
internal static class DevicesCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("devices", "List the devices that were found, and why each is or is not usable.");
        command.SetAction(parsed =>
        {
            ImmutableArray<DeviceCandidate> devices = [.. DeviceCatalog.List()];
            Shown.Result(parsed, new() { Devices = [.. devices.Select(Of)], Versions = ResultRecords.Versions }, RunJson.Default.DevicesRecord);
            return ExitCodes.Success;
        });
        return command;
    }

    private static FoundDeviceRecord Of(DeviceCandidate device)
        => new()
        {
            Spec = device.Spec,
            Name = device.Name,
            Usable = device.Usable,
            Float64 = device.SupportsDouble,
            MemoryBytes = device.MemoryBytes,
            Reason = device.Reason,
        };
}
