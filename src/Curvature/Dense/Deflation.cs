namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Finds the eigenpairs that diag(d) + y yᵀ shares with diag(d), to rounding, so that the rest has different poles and no component of y near 0.
/// </summary>
/// <remarks>
/// An element is negligible when it is at most a small part of ε‖T‖: dropping it moves no eigenvalue by more than rounding does, and the vectors stay exactly
/// orthogonal.
/// Of y yᵀ, row i is at most |y_i| ‖y‖. For two close poles, the rotation that makes the component of the first 0 leaves cs(d_i − d_p) between them.
/// Repeated eigenvalues, hundreds of zeros among them, leave the problem here, before anything is computed from them.
/// </remarks>
/// <param name="values">d, which is changed as pairs are rotated.</param>
/// <param name="components">y, likewise.</param>
/// <param name="squares">y_i², likewise; kept by itself so that squaring a square root costs no digits.</param>
/// <param name="negligible">The largest magnitude that is negligible.</param>
internal sealed class Deflation(double[] values, double[] components, double[] squares, double negligible)
{
    private readonly List<PlaneRotation> _rotations = [];

    /// <summary>The places that are left, by ascending value.</summary>
    public int[] Kept { get; private set; } = [];

    /// <summary>The places whose value is an eigenvalue.</summary>
    public int[] Deflated { get; private set; } = [];

    /// <summary>The rotations, in the order in which they were made.</summary>
    public PlaneRotation[] Rotations { get; private set; } = [];

    /// <summary>Goes through all places by ascending value; rotates pairs of them where that makes a component 0.</summary>
    /// <param name="ascending">The places.</param>
    /// <param name="norm">‖y‖.</param>
    public void Run(ReadOnlySpan<int> ascending, double norm)
    {
        List<int> kept = [], deflated = [];
        int pending = -1;
        foreach (int place in ascending)
        {
            if (norm * Math.Abs(components[place]) <= negligible)
            {
                deflated.Add(place);
                continue;
            }

            if (pending >= 0)
                (Rotate(pending, place) ? deflated : kept).Add(pending);
            pending = place;
        }

        if (pending >= 0)
            kept.Add(pending);
        (Kept, Deflated, Rotations) = ([.. kept], [.. deflated], [.. _rotations]);
    }

    /// <summary>Makes the component of the first place 0 if what then stands between the two is negligible.</summary>
    private bool Rotate(int first, int second)
    {
        double length = double.Hypot(components[first], components[second]);
        double cosine = components[second] / length;
        double sine = -components[first] / length;
        if (Math.Abs(cosine * sine * (values[second] - values[first])) > negligible)
            return false;

        components[second] = length;
        components[first] = 0;
        squares[second] += squares[first];
        _rotations.Add(new(first, second, cosine, sine));
        // Rounded so that the second value stays between the two: what is kept goes on ascending, with no two values alike.
        double rise = (values[second] - values[first]) * (cosine * cosine);
        double high = values[second];
        values[second] = Math.Min(values[first] + rise, high);
        values[first] = high - rise;
        return true;
    }
}

/// <summary>Two vectors turned in their plane: v_f ← c v_f + s v_s, v_s ← c v_s − s v_f.</summary>
/// <param name="First">f.</param>
/// <param name="Second">s.</param>
/// <param name="Cosine">c.</param>
/// <param name="Sine">The sine.</param>
internal readonly record struct PlaneRotation(int First, int Second, double Cosine, double Sine)
{
    /// <summary>What becomes of one element of each vector.</summary>
    /// <param name="elements">An element of a vector at the vector's place.</param>
    public void Turn(Span<double> elements)
        => (elements[First], elements[Second]) =
            ((Cosine * elements[First]) + (Sine * elements[Second]), (Cosine * elements[Second]) - (Sine * elements[First]));

    /// <summary>From coefficients in the vectors as they are now to those in the vectors as they were.</summary>
    /// <param name="coefficients">That of a vector at the vector's place.</param>
    public void TurnBack(Span<double> coefficients)
        => (coefficients[First], coefficients[Second]) =
            ((Cosine * coefficients[First]) - (Sine * coefficients[Second]), (Cosine * coefficients[Second]) + (Sine * coefficients[First]));
}
