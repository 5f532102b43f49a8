namespace BasinVolume.Mnist.Options;

/// <summary>The floating-point type to which the elements of a matrix were rounded, wherever it was computed.</summary>
public enum MatrixPrecision
{
    /// <summary>16 bits.</summary>
    Float16,

    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>64 bits; whole numbers too, which are exact.</summary>
    Float64,
}
