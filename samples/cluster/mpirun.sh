#!/bin/sh
# Ranks on machines that you can log in to: their names, one a line, are in the file hosts. All need the program, the weights and the data under the same paths;
# rank 0 alone prints and writes. Open MPI's mpirun calls the file --hostfile, MPICH's -f.
mpirun -n 8 --hostfile hosts \
    basin-volume curvature --weights model.pt --model lenet5 --samples 60000 --sampling without-replacement --out runs/curvature --mpi

# One machine with several cards: each rank takes the card of its local number.
mpirun -n 4 \
    basin-volume hessian --weights model.pt --model lenet5 --device cuda:auto --out runs/hessian --mpi
