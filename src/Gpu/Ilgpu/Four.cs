using System.Numerics;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Four neighbours in one row of a tile. ILGPU keeps the fields of a struct in registers, and moves them by accesses of 128 bits where memory is known to be
/// aligned.
/// </summary>
internal readonly struct Four<T>(T x, T y, T z, T w)
    where T : unmanaged, INumberBase<T>
{
    public readonly T X = x;
    public readonly T Y = y;
    public readonly T Z = z;
    public readonly T W = w;

    public Four<T> Plus(Four<T> other) => new(X + other.X, Y + other.Y, Z + other.Z, W + other.W);

    public Four<T> Times(T a) => new(a * X, a * Y, a * Z, a * W);

    /// <summary>this + a · other.</summary>
    public Four<T> Plus(T a, Four<T> other) => new(X + (a * other.X), Y + (a * other.Y), Z + (a * other.Z), W + (a * other.W));
}
