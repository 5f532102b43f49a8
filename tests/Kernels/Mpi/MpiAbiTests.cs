using BasinVolume.Kernels.Mpi;

namespace BasinVolume.Kernels.Tests.Mpi;

/// <summary>By what libraries are recognised, and the constants that each takes.</summary>
public sealed class MpiAbiTests
{
    private const string Mpich = "MPICH Version: 4.0.2", Open = "Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4";

    // mpi.h of MPICH 4.0.2.
    [Theory]
    [InlineData(Mpich)]
    [InlineData("Intel(R) MPI Library 2021.11 for Linux* OS")]
    [InlineData("MVAPICH2 Version      : 2.3.7")]
    [InlineData("MPI VERSION    : CRAY MPICH version 8.1.27.26 (ANL base 3.4a2)")]
    [InlineData("ParaStation MPI 5.9.2-1")]
    public void Mpich_and_its_relatives_have_integers(string version)
    {
        MpiAbi abi = MpiAbi.Recognise(version, standard: 0, NoName)!;
        Assert.Equal((0x44000000, 0x4c00080b, 2), (abi.World, abi.Double, abi.Serialized));
    }

    [Fact]
    public void Open_mpi_has_the_addresses_of_what_it_exports()
    {
        MpiAbi abi = MpiAbi.Recognise(Open, standard: 0, name => name switch
        {
            "ompi_mpi_comm_world" => 0x1000,
            "ompi_mpi_double" => 0x2000,
            _ => 0,
        })!;
        Assert.Equal((0x1000, 0x2000, 2), (abi.World, abi.Double, abi.Serialized));
    }

    // mpi.h of the MPI Forum's mpi-abi-stubs: MPI_COMM_WORLD, MPI_DOUBLE, MPI_THREAD_SERIALIZED.
    [Theory]
    [InlineData("MPICH Version: 5.0.0")]
    [InlineData("a library that nobody has heard of")]
    public void What_says_that_it_keeps_the_standards_interface_has_the_standards_constants(string version)
    {
        MpiAbi abi = MpiAbi.Recognise(version, standard: 1, NoName)!;
        Assert.Equal((0x101, 0x214, 2048), (abi.World, abi.Double, abi.Serialized));
    }

    // A library that has the question for the standard's interface and not the interface answers it with -1.
    [Fact]
    public void A_library_that_denies_the_standards_interface_keeps_its_own()
        => Assert.Equal(MpiAbi.Mpich, MpiAbi.Recognise(Mpich, standard: -1, NoName));

    [Fact]
    public void What_nobody_knows_is_not_guessed()
        => Assert.Null(MpiAbi.Recognise("Microsoft MPI 10.1", standard: 0, NoName));

    private static nint NoName(string name) => 0;
}
