using System.CommandLine;

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
            Description = "Where to compute: cpu, ilgpu-cpu, opencl[:i], cuda[:i] or auto; see 'devices'.",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => Usual,
        };
        option.CompletionSources.Add("auto", "cpu", "ilgpu-cpu", "opencl", "cuda");
        return option;
    }
}
