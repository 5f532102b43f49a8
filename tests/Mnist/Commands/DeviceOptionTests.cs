using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Which device a process has where each is to have one of its own.</summary>
public sealed class DeviceOptionTests
{
    [Theory]
    [InlineData("cuda", 0, "cuda:0")]
    [InlineData("cuda", 1, "cuda:2")]
    // A third process shares with the first.
    [InlineData("cuda", 2, "cuda:0")]
    [InlineData("opencl", 3, "opencl:0")]
    // What there is none of is asked for by its name, and the refusal says why there is none.
    [InlineData("metal", 1, "metal")]
    public void Processes_of_a_machine_take_its_devices_in_turn(string kind, int place, string device)
        => Assert.Equal(device, DeviceOption.OwnOf(kind, ["cpu", "cuda:0", "cuda:2", "opencl:0"], place));
}
