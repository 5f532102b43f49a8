#!/bin/sh
# A Hessian in 16 parts, each a job of its own that needs no other and no MPI, in whatever order Slurm has room for them:
#   id=$(sbatch --parsable slurm-shards.sh)
#   sbatch --dependency=afterok:"$id" --wrap "basin-volume merge parts/part-* --out runs/hessian"
# A part that failed is submitted again by its number, sbatch --array=3 slurm-shards.sh; merge says which one is missing.
#SBATCH --job-name=hessian
#SBATCH --array=1-16
#SBATCH --cpus-per-task=16
#SBATCH --mem=8G
#SBATCH --time=00:30:00

srun basin-volume hessian --weights model.pt --samples 60000 --sampling without-replacement --shard "$SLURM_ARRAY_TASK_ID/16" \
    --out "parts/part-$SLURM_ARRAY_TASK_ID"

# Rays of a finished run are shared in the same way:
# srun basin-volume volume --run runs/hessian --rays 4000 --shard "$SLURM_ARRAY_TASK_ID/16" --out "rays/part-$SLURM_ARRAY_TASK_ID"
