using System.Diagnostics;
using System.Text;

namespace BasinVolume.Kernels.Tests;

public sealed class InputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("basin-volume-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_and_a_link_to_it_are_read()
    {
        string file = PathOf("file"), link = PathOf("link");
        File.WriteAllText(file, "größe", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.CreateSymbolicLink(link, file);
        Assert.Equal("größe", InputFile.ReadText(file, 100));
        Assert.Equal("größe", InputFile.ReadText(link, 100));
        Assert.Equal(File.ReadAllBytes(file), InputFile.ReadAll(link, 10));
    }

    [Fact]
    public void What_is_no_file_is_refused_with_the_reason()
    {
        File.WriteAllText(PathOf("empty"), string.Empty);
        File.WriteAllText(PathOf("file"), "content");
        AssertRefused(_folder, "it is a folder, not a file");
        AssertRefused(PathOf("empty"), "it is empty");
        AssertRefused(PathOf("nowhere"), "nowhere");
        File.CreateSymbolicLink(PathOf("dangling"), PathOf("nowhere"));
        AssertRefused(PathOf("dangling"), "nowhere");
        Assert.Contains(
            "it has 7 bytes, and at most 6 are read", Assert.Throws<IOException>(() => InputFile.ReadAll(PathOf("file"), 6)).Message, StringComparison.Ordinal);
    }

    // Whoever opens a pipe that nobody writes to waits for ever, and a device of zeros never ends.
    [Fact]
    public void Pipes_and_devices_are_refused_without_opening_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has neither in the file system.");
        using (Process made = Process.Start("mkfifo", [PathOf("pipe")]))
            made.WaitForExit();
        File.CreateSymbolicLink(PathOf("link"), PathOf("pipe"));
        AssertRefused(PathOf("pipe"), "a device or a pipe");
        AssertRefused(PathOf("link"), "a device or a pipe");
        AssertRefused("/dev/zero", "a device or a pipe");
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static void AssertRefused(string path, string reason)
        => Assert.Contains(reason, Assert.ThrowsAny<IOException>(() => InputFile.Open(path, 100)).Message, StringComparison.Ordinal);
}
