using System.Numerics;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Eight rows and four columns of a matrix, the elements of a product that one thread sums: 32 registers, which 12 elements read from shared memory keep busy
/// for 32 multiplications.
/// </summary>
internal readonly struct RegisterTile<T>(Four<T> r0, Four<T> r1, Four<T> r2, Four<T> r3, Four<T> r4, Four<T> r5, Four<T> r6, Four<T> r7)
    where T : unmanaged, INumberBase<T>
{
    public const int Rows = 8;
    public const int Columns = 4;

    public readonly Four<T> R0 = r0;
    public readonly Four<T> R1 = r1;
    public readonly Four<T> R2 = r2;
    public readonly Four<T> R3 = r3;
    public readonly Four<T> R4 = r4;
    public readonly Four<T> R5 = r5;
    public readonly Four<T> R6 = r6;
    public readonly Four<T> R7 = r7;

    public RegisterTile<T> Plus(in RegisterTile<T> other) => new(
        R0.Plus(other.R0), R1.Plus(other.R1), R2.Plus(other.R2), R3.Plus(other.R3), R4.Plus(other.R4), R5.Plus(other.R5), R6.Plus(other.R6), R7.Plus(other.R7));

    /// <summary>this + (upper, lower) rowᵀ: a column of eight times a row of four.</summary>
    public RegisterTile<T> Plus(Four<T> upper, Four<T> lower, Four<T> row) => new(
        R0.Plus(upper.X, row), R1.Plus(upper.Y, row), R2.Plus(upper.Z, row), R3.Plus(upper.W, row),
        R4.Plus(lower.X, row), R5.Plus(lower.Y, row), R6.Plus(lower.Z, row), R7.Plus(lower.W, row));

    /// <summary>
    /// this + the terms of one fetch, <see cref="TileEdge{T}.Depth"/> of them in ascending k. Written out, for ILGPU 1.5.3 unrolls no loops;
    /// and with views that begin at this thread's first element, so that all places are constants, which addresses in instructions hold.
    /// </summary>
    /// <param name="left">The left factor in shared memory, from this thread's rows on.</param>
    /// <param name="down">From one k to the next.</param>
    /// <param name="right">The right factor, from this thread's columns on.</param>
    /// <param name="across">From one k to the next.</param>
    public RegisterTile<T> PlusTerms(ArrayView<Four<T>> left, int down, ArrayView<Four<T>> right, int across)
        => Plus(left[0], left[1], right[0])
            .Plus(left[down], left[down + 1], right[across])
            .Plus(left[2 * down], left[(2 * down) + 1], right[2 * across])
            .Plus(left[3 * down], left[(3 * down) + 1], right[3 * across])
            .Plus(left[4 * down], left[(4 * down) + 1], right[4 * across])
            .Plus(left[5 * down], left[(5 * down) + 1], right[5 * across])
            .Plus(left[6 * down], left[(6 * down) + 1], right[6 * across])
            .Plus(left[7 * down], left[(7 * down) + 1], right[7 * across]);
}
