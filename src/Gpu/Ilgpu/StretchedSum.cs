using System.Numerics;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>A sum as <see cref="MatrixProduct{T}"/> orders it, term by term.</summary>
internal readonly struct StretchedSum<T>(T before, T stretch, int terms)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The full stretches; the one at work; and how many terms it has.
    private readonly T _before = before;
    private readonly T _stretch = stretch;
    private readonly int _terms = terms;

    public T Total => _before + _stretch;

    public StretchedSum<T> Plus(T term)
        => _terms < MatrixProduct<T>.Stretch ? new(_before, _stretch + term, _terms + 1) : new(_before + _stretch, T.Zero + term, 1);
}
