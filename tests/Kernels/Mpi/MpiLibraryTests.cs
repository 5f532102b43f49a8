using BasinVolume.Kernels.Mpi;

namespace BasinVolume.Kernels.Tests.Mpi;

/// <summary>The search for a library, whatever of MPI this machine has.</summary>
public sealed class MpiLibraryTests
{
    [Theory]
    [InlineData(MpiFamily.Mpich, "libmpich.so.12", "libmpi.so.40")]
    [InlineData(MpiFamily.OpenMpi, "libmpi.so.40", "libmpich.so.12")]
    [InlineData(MpiFamily.Unknown, "libmpich.so.12", "libmpi.so.40")]
    public void The_launchers_own_library_comes_first_and_the_standards_before_all(MpiFamily launcher, string first, string last)
    {
        string[] candidates = MpiLibrary.Candidates(launcher);
        Assert.Equal("libmpi_abi.so", candidates[0]);
        Assert.Contains("libmpi.so.12", candidates);
        Assert.InRange(Array.IndexOf(candidates, last), Array.IndexOf(candidates, first) + 1, candidates.Length);
    }

    [Fact]
    public void A_library_that_is_not_there_is_named_with_the_systems_reason()
    {
        var error = Assert.Throws<DeviceException>(() => MpiLibrary.Find("/nowhere/libmpi.so", MpiFamily.Unknown));
        Assert.Contains("looked for /nowhere/libmpi.so (", error.Message, StringComparison.Ordinal);
        Assert.Contains("--mpi-library", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("libmpich", error.Message, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Contains("No such file or directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_of_something_else_is_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The C library has other names elsewhere.");
        var error = Assert.Throws<DeviceException>(() => MpiLibrary.Find("libm.so.6", MpiFamily.Unknown));
        Assert.Contains("libm.so.6 (it is no MPI library, for it has no MPI_Get_library_version)", error.Message, StringComparison.Ordinal);
    }

    // Neither is begun here: a library is loaded and asked for its name, which it may be asked for at any time.
    [Theory]
    [InlineData("libmpich.so.12", "MPICH")]
    [InlineData("libmpi.so.40", "Open MPI")]
    public void A_library_that_is_there_is_recognised(string name, string abi)
    {
        Assert.SkipWhen(NativeFile.TryLoad(name, out _) is not null, $"{name} is not installed here.");
        MpiLibrary library = MpiLibrary.Find(name, MpiFamily.Unknown);
        Assert.Equal((name, abi), (library.Name, library.Abi.Name));
        Assert.Contains(abi, library.Version, StringComparison.Ordinal);
        Assert.NotEqual(0, library.Abi.World);
        Assert.NotEqual(library.Abi.World, library.Abi.Double);
    }
}
