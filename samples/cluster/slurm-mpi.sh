#!/bin/sh
# Ranks that compute together under Slurm: sbatch slurm-mpi.sh. One rank a node, with all of its cores.
#SBATCH --job-name=curvature
#SBATCH --nodes=8
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --mem=16G
#SBATCH --time=02:00:00

# MPICH wants --mpi=pmi2 here, Open MPI --mpi=pmix; srun --mpi=list says what there is.
srun --mpi=pmix \
    basin-volume curvature --weights model.pt --model lenet5 --samples 60000 --sampling without-replacement --threads "$SLURM_CPUS_PER_TASK" \
    --out runs/curvature --mpi
