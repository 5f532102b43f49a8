using System.Numerics;

namespace BasinVolume.Kernels.Ilgpu;

/// <summary>Eight rows and four columns of a matrix, the elements of a product that one thread sums: 32 registers, which 12 elements read from shared memory keep busy for 32 multiplications.</summary>
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
}
