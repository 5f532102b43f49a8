using System.CommandLine;
using BasinVolume.Gpu.Devices;

namespace BasinVolume.Mnist.Commands;

/// <summary>--device, the same for every command that computes on one.</summary>
internal static class DeviceOption
{
    private const string Usual = "auto";

    /// <summary>The option.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = $"Where to compute: {DeviceCatalog.Usage}; see 'devices'.",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => Usual,
        };
        option.CompletionSources.Add([.. DeviceCatalog.Specs]);
        return option;
    }
}
