namespace BasinVolume.Mnist.Options;

/// <summary>The floating-point type that a device computes in. Decisions (eigenvalues, determinants, volumes) are always made in double.</summary>
public enum Precision
{
    /// <summary>32 bits, as the notebook had it.</summary>
    Float32,

    /// <summary>64 bits.</summary>
    Float64,
}
