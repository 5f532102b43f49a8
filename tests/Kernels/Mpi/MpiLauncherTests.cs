using BasinVolume.Kernels.Mpi;

namespace BasinVolume.Kernels.Tests.Mpi;

/// <summary>What launchers tell the processes that they start.</summary>
public sealed class MpiLauncherTests
{
    // What `mpiexec -n 4 env` shows with Debian's Open MPI 4.1.4, and with MPICH 4.0.2; of Slurm as its manual of srun says.
    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3 PMIX_RANK=3", MpiFamily.OpenMpi, 3, 4)]
    [InlineData("PMI_SIZE=4 PMI_RANK=2 MPI_LOCALNRANKS=4", MpiFamily.Mpich, 2, 4)]
    [InlineData("PMIX_RANK=1 SLURM_STEP_NUM_TASKS=8 SLURM_PROCID=1", MpiFamily.OpenMpi, 1, 8)]
    [InlineData("PMIX_RANK=1", MpiFamily.OpenMpi, 1, null)]
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=8", MpiFamily.Unknown, 0, null)]
    [InlineData("PMI_SIZE=many", MpiFamily.Unknown, 0, null)]
    [InlineData("", MpiFamily.Unknown, 0, null)]
    public void The_environment_tells_family_rank_and_count(string environment, MpiFamily family, int rank, int? count)
    {
        Dictionary<string, string> variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(new MpiLauncher(family, rank, count), MpiLauncher.Of(variables.GetValueOrDefault));
    }
}
