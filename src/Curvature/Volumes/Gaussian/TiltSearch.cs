namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// Finds tilts between the poles 1/(2 c_min), if c_min &lt; 0, and 1/(2 c_max), if c_max &gt; 0, on one side of 0.
/// The search runs from 0 in steps of one deviation of Q, doubled until the tilt is passed; on a side with a pole the steps are of the odds of 2 s c instead,
/// which reach the pole at infinity. Bisection does the rest.
/// </summary>
internal static class TiltSearch
{
    /// <summary>Doublings after which a tilt has left the range of a double.</summary>
    private const int Doublings = 1000;

    /// <summary>Enough for adjacent doubles anywhere but next to 0, where s no longer matters.</summary>
    private const int Bisections = 200;

    /// <summary>The tilt where a function of s that rises changes its sign; null if that is beyond the range of a double.</summary>
    /// <param name="form">Q.</param>
    /// <param name="side">−1 for s &lt; 0, 1 for s &gt; 0.</param>
    /// <param name="rising">The function; next to 0 it has the sign of −<paramref name="side"/>.</param>
    public static Tilt? Find(GaussianQuadraticForm form, int side, Func<Tilt, double> rising)
    {
        double step = side / form.Deviation(Tilt.At(0));
        double pole = side < 0 ? Math.Min(form.SmallestCurvature, 0) : Math.Max(form.LargestCurvature, 0);
        Tilt At(double x) => pole == 0 ? Tilt.At(step * x) : Tilt.Towards(pole, 2 * pole * step * x);
        bool Passed(double x) => side * rising(At(x)) >= 0;

        double low = 0, high = 1;
        for (int doubling = 0; !Passed(high); doubling++)
        {
            if (doubling == Doublings)
                return null;
            low = high;
            high *= 2;
        }

        for (int k = 0; k < Bisections; k++)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                break;
            if (Passed(middle))
                high = middle;
            else
                low = middle;
        }

        return At(high);
    }
}
