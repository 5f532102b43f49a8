namespace BasinVolume.Data.Samples;

/// <summary>What the elements of samples are, as they are kept in memory.</summary>
public enum ElementKind
{
    /// <summary>Levels 0 … 255 of images, one byte each; p = level/255 becomes an input.</summary>
    Pixels,

    /// <summary>Numbers in float32.</summary>
    Single,

    /// <summary>Numbers in float64.</summary>
    Double,

    /// <summary>Tokens, numbers of a vocabulary from 0.</summary>
    Tokens,
}
