namespace BasinVolume.Curvature.Volumes.Splitting;

/// <summary>
/// One population of N points of the prior, below a level ℓ of the loss. Each new level is the loss of the first point of its upper half, so that the share p
/// of the prior below it halves:
///     p ← p · #{L &lt; ℓ}/N,
/// and the points on it and above are replaced by copies of those below. The point on the level does not count as below, as it is where it is because it was
/// chosen: the share below the loss of point m + 1 is Beta(m + 1, N − m) distributed, the logarithm of which is log m/N on average up to half of its variance;
/// with point m it would be too high by 1/N at each level. The last level is T itself.
/// </summary>
internal sealed class Population
{
    private readonly double _target;
    private double _logShare;

    // Σ (1 − p)/(N p) over the levels.
    private double _idealVariance;

    /// <summary>A population whose points have been drawn from the prior.</summary>
    /// <param name="losses">The loss at each point, infinite where it is no number; kept and changed.</param>
    /// <param name="target">T.</param>
    public Population(Memory<double> losses, double target) => (Losses, _target) = (losses, target);

    /// <summary>The loss at each point.</summary>
    public Memory<double> Losses { get; }

    /// <summary>ℓ; infinite before the first one.</summary>
    public double Level { get; private set; } = double.PositiveInfinity;

    /// <summary>Levels so far, T not counted.</summary>
    public int Levels { get; private set; }

    /// <summary>How it ended; null while it has not.</summary>
    public PopulationEnd? End { get; private set; }

    /// <summary>Chooses the next level, and says which point is replaced by a copy of which.</summary>
    public IReadOnlyList<(int Point, int By)> Descend()
    {
        double[] losses = Losses.ToArray();
        int count = losses.Length, inside = losses.Count(loss => loss <= _target);
        if (inside > count / 2)
        {
            Narrow(inside, count);
            End = new(Levels, inside, Level, _logShare, _idealVariance);
            return [];
        }

        double next = losses.Order().ElementAt(count / 2);
        int[] kept = [.. Enumerable.Range(0, count).Where(point => losses[point] < next)];
        // Where none is kept, more than half of the points lie at the very same loss, a plain with no way down;
        // and there are only so many levels after which the points could still tell a share, as populations differ by more than independent points would:
        // by twice the variance is usual.
        if (kept.Length == 0 || _idealVariance > LevelVolume.LargestVariance / 2)
        {
            End = new(Levels, 0, Level, _logShare, _idealVariance);
            return [];
        }

        (Level, Levels) = (next, Levels + 1);
        Narrow(kept.Length, count);
        return [.. Enumerable.Range(0, count).Where(point => !(losses[point] < next)).Select((point, i) => (point, kept[i % kept.Length]))];
    }

    private void Narrow(int below, int count)
    {
        _idealVariance += (count - below) / (double)below / count;
        _logShare += Math.Log(below / (double)count);
    }
}
