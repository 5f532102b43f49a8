namespace BasinVolume.Curvature.Lanczos;

/// <content>How much of the measure can sit at one number.</content>
public sealed partial record SpectralQuadrature
{
    /// <summary>
    /// log(p₀(x)² + … + p_k(x)²), p_j the orthonormal polynomials of the recurrence: no measure with these moments has more mass at x than the inverse.
    /// With p_j = −d_j p_{j−1}/β_j and d_j the pivots of T − xI, all of one sign outside the nodes, no digit is lost; logarithms, as the sum may overflow.
    /// </summary>
    /// <param name="x">Below the first node or above the last.</param>
    internal double LogInverseMass(double x)
    {
        if (IsExact)
            return double.PositiveInfinity;
        double logOfSquare = 0, logOfSum = 0, pivot = 0;
        for (int i = 0; i < Nodes.Length; i++)
        {
            double before = i > 0 ? _matrix.OffDiagonal[i - 1] : 0, behind = i < Nodes.Length - 1 ? _matrix.OffDiagonal[i] : _next;
            pivot = _matrix.Diagonal[i] - x - (i > 0 ? before * (before / pivot) : 0);
            logOfSquare += 2 * Math.Log(Math.Abs(pivot / behind));
            (double large, double small) = logOfSum > logOfSquare ? (logOfSum, logOfSquare) : (logOfSquare, logOfSum);
            logOfSum = large + Math.Log(1 + Math.Exp(small - large));
        }

        return logOfSum;
    }
}
