using System.Runtime.Versioning;

namespace BasinVolume.Interop.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_made_with_its_folders_and_replaced()
    {
        string path = _folder.PathOf(Path.Combine("a", "b", "file"));
        AtomicFile.Write(path, stream => stream.Write([1, 2, 3]));
        AtomicFile.Write(path, stream => stream.Write([4]));
        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void The_name_stands_for_the_old_file_until_the_new_one_is_whole()
    {
        string path = _folder.Write("file", [9]);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([1, 2]);
            stream.Flush();
            Assert.Equal([9], File.ReadAllBytes(path));
        });
        Assert.Equal([1, 2], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_link_stays_and_what_it_leads_to_is_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own on Windows.");
        string path = _folder.Write("file", [9]), link = _folder.PathOf("link");
        File.CreateSymbolicLink(link, path);
        AtomicFile.Write(link, stream => stream.Write([1]));
        Assert.Equal(path, new FileInfo(link).LinkTarget);
        Assert.Equal([1], File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("/proc/self/comm")]
    [InlineData("/dev/stdout")]
    public void What_is_no_file_is_never_replaced_by_one(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other names for them.");
        // A link, so that not even a faulty program could replace what the system has.
        string link = _folder.PathOf("link");
        File.CreateSymbolicLink(link, path);
        TestFiles.AssertExplained<OutputException>(() => AtomicFile.Write(link, stream => stream.Write([1])), link, "it is a device or a pipe");
        Assert.Equal(path, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_failure_while_writing_leaves_everything_as_it_was()
    {
        string path = _folder.Write("file", [9]);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([1]);
            throw new InvalidOperationException();
        }));
        Assert.Equal([9], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_full_disk_is_explained()
    {
        string path = _folder.PathOf("file");
        TestFiles.AssertExplained<OutputException>(
            () => AtomicFile.Write(path, _ => throw new IOException("No space left on device.")), path, "No space left on device;");
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_explained()
    {
        string path = Path.Combine(_folder.Write("file", [9]), "result");
        AssertExplained(path);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_explained()
    {
        string path = _folder.PathOf("taken");
        Directory.CreateDirectory(path);
        AssertExplained(path);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_root_folder_is_not_a_file() => AssertExplained(Path.GetPathRoot(_folder.Path)!);

    [Fact]
    [UnsupportedOSPlatform("windows")] // There the test is skipped.
    public void A_folder_without_permission_is_explained()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not bind this user.");
        string path = _folder.PathOf(Path.Combine("closed", "file"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertExplained(path);
    }

    private static void AssertExplained(string path)
        => TestFiles.AssertExplained<OutputException>(() => AtomicFile.Write(path, stream => stream.Write([1])), path, "Cannot write");
}
