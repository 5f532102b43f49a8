using BasinVolume.Kernels;

namespace BasinVolume.Report.Records;

/// <summary>Where something was computed.</summary>
public sealed record DeviceRecord
{
    /// <summary><c>cpu</c>, <c>ilgpu-cpu</c>, <c>opencl</c> or <c>cuda</c></summary>
    public required string Kind { get; init; }

    /// <summary>What the device calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>Threads of a processor, multiprocessors of a GPU.</summary>
    public required int Threads { get; init; }

    /// <summary>What is said of a device.</summary>
    public static DeviceRecord Of(DeviceDescription device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new() { Kind = device.Kind.Name, Name = device.Name, Threads = device.Threads };
    }

    /// <summary>The same as rows of a table.</summary>
    public IEnumerable<(string Name, string Value)> Rows() => [("device: kind", Kind), ("device: name", Name), ("device: threads", Tables.Cell.Of(Threads))];
}
