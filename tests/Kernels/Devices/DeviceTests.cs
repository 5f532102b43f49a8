using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Host;
namespace BasinVolume.Kernels.Tests.Devices;

/// <summary>What every device promises about its memory and its launches.</summary>
public sealed class DeviceTests
{
    public static TheoryData<string> Names => TestDevices.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_come_back_from_where_they_were_put(string name)
    {
        using DeviceBuffer<int> buffer = TestDevices.Get(name).Allocate<int>(5);
        buffer.View.Write([1, 2, 3, 4, 5]);
        buffer.View.Slice(1, 3).Write([7, 8]);
        int[] back = new int[4];
        buffer.View.Slice(1, 4).Read(back);
        Assert.Equal([7, 8, 4, 5], back);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Looking_shows_the_beginning_of_a_view(string name)
    {
        using DeviceBuffer<int> buffer = TestDevices.Get(name).Allocate<int>(4);
        buffer.View.Write([1, 2, 3, 4]);
        Assert.Equal([2, 3], buffer.View.Slice(1, 2).Elements().ToArray());
        Assert.True(buffer.View.Slice(1, 0).Elements().IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_where_it_lies_is_there(string name)
    {
        Device device = TestDevices.Get(name);
        bool reaches = device is HostDevice;
        using DeviceBuffer<int> buffer = device.Allocate<int>(4);
        buffer.View.Write([1, 2, 3, 4]);
        Assert.Equal(reaches, buffer.View.Slice(1, 2).TryReach(out Memory<int> elements));
        Assert.Equal(reaches ? 2 : 0, elements.Length);
        new[] { 8, 9 }.AsSpan(0, elements.Length).CopyTo(elements.Span);
        int[] back = new int[4];
        buffer.View.Read(back);
        Assert.Equal(reaches ? [1, 8, 9, 4] : [1, 2, 3, 4], back);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_source_may_change_as_soon_as_it_is_written(string name)
    {
        // More than devices keep on its way at once, in one write, and in several.
        const int Large = (Staging.Capacity / sizeof(int)) + 100_000, Small = Large * 2 / 5, Writes = 5;
        Device device = TestDevices.Get(name);
        using DeviceBuffer<int> large = device.Allocate<int>(Large), small = device.Allocate<int>(Writes * Small);
        int[] source = new int[Large];
        Array.Fill(source, -1);
        large.View.Write(source);
        for (int i = 0; i < Writes; i++)
        {
            Array.Fill(source, i);
            small.View.Slice(i * Small, Small).Write(source.AsSpan(0, Small));
        }

        Array.Fill(source, int.MaxValue);
        int[] back = new int[Writes * Small];
        small.View.Read(back);
        Assert.Equal(-1, Array.FindIndex(back, value => value is < 0 or >= Writes));
        Assert.Equal(Enumerable.Range(0, Writes), Enumerable.Range(0, Writes).Select(i => back[((i + 1) * Small) - 1]));
        large.View.Read(back.AsSpan(0, Large));
        Assert.Equal(-1, Array.FindIndex(back, 0, Large, value => value != -1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_free_is_some_of_what_there_is(string name)
    {
        Device device = TestDevices.Get(name);
        Assert.InRange(device.FreeMemoryBytes, 1, device.Description.MemoryBytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_buffer_of_nothing_is_allowed(string name)
    {
        using DeviceBuffer<float> buffer = TestDevices.Get(name).Allocate<float>(0);
        Assert.True(buffer.View.IsEmpty);
        buffer.View.Write([]);
        buffer.View.Read([]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_view_that_is_too_short_is_refused_before_anything_runs(string name)
    {
        Device device = TestDevices.Get(name);
        using DeviceBuffer<float> buffer = device.Allocate<float>(4);
        Assert.ThrowsAny<ArgumentException>(() => device.Kernels<float>().Fill(5, 1f, buffer.View));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_launch_allocates_nothing(string name)
    {
        // ILGPU's simulator makes one object for each launch; nobody computes on it.
        const int Launches = 100;
        int bytesAllowed = name == TestDevices.Simulator ? 128 * Launches : 0;
        Device device = TestDevices.Get(name);
        using DeviceBuffer<float> buffer = device.Allocate<float>(4);
        IKernels<float> kernels = device.Kernels<float>();
        kernels.Axpy(2, 1f, buffer.View.Slice(0, 2), buffer.View.Slice(2, 2)); // builds the kernel
        buffer.View.Read(new float[4]);

        long bytes = Allocation.Of(() =>
        {
            for (int i = 0; i < Launches; i++)
                kernels.Axpy(2, 1f, buffer.View.Slice(0, 2), buffer.View.Slice(2, 2));
        });
        Assert.InRange(bytes, 0, bytesAllowed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void More_memory_than_there_is_is_refused_with_the_size(string name)
    {
        // The simulator's memory is the host's, which promises more than it has.
        Assert.SkipWhen(name == TestDevices.Simulator, "The operating system promises the simulator any amount of memory.");
        Device device = TestDevices.Get(name);
        var buffers = new List<IDisposable>();
        try
        {
            var e = Assert.Throws<DeviceException>(() => Fill(device, buffers));
            Assert.Matches(@"(buffer of|another) [0-9.]+ ([KMGTPE]B|bytes)", e.Message);
        }
        finally
        {
            buffers.ForEach(buffer => buffer.Dispose());
        }
    }

    private static void Fill(Device device, List<IDisposable> buffers)
    {
        for (long taken = 0; taken <= device.Description.MemoryBytes; taken += int.MaxValue)
            buffers.Add(device.Allocate<double>(int.MaxValue - 64));
    }
}
