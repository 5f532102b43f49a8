using System.Numerics;
using BasinVolume.Interop;
using NumSharp;

namespace BasinVolume.Data.Subsets;

/// <summary>
/// The stream of numbers of <c>numpy.random.RandomState(seed)</c>, bit by bit. Not safe for use by several threads at once.
/// The generator is NumSharp's (MathNet.Numerics' Mersenne Twister seeds alike, but its public methods drop bits of the 32-bit outputs and skip some);
/// what is drawn from it here follows NumPy's legacy functions, one number at a time and without NumSharp's arrays.
/// </summary>
public sealed class NumpyRandom
{
    private readonly MT19937 _generator;
    private double? _secondGaussian;

    /// <summary>The stream of a seed.</summary>
    /// <param name="seed">0 … 2³² − 1, as NumPy wants it.</param>
    /// <exception cref="DataException">The seed is outside that range.</exception>
    public NumpyRandom(long seed)
    {
        if (seed is < 0 or > uint.MaxValue)
            throw new DataException($"The seed {seed} is out of range: expected 0 to {uint.MaxValue}; choose a seed in it.");
        _generator = new MT19937((uint)seed);
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32() => _generator.NextUInt32();

    /// <summary>Uniform in [0, 1) with 53 random bits: <c>random_sample()</c>. Takes two 32-bit numbers.</summary>
    public double NextDouble() => _generator.NextDouble();

    /// <summary>
    /// Uniform in 0 … <paramref name="bound"/> − 1, as <c>randint(bound)</c> and <c>shuffle</c> draw it: 32-bit numbers, cut to the bits that
    /// bound − 1 needs, until one is small enough. A bound of 1 takes nothing from the stream.
    /// </summary>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        if (bound == 1)
            return 0;
        uint largest = (uint)bound - 1;
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(largest);
        uint value;
        do
            value = NextUInt32() & mask;
        while (value > largest);
        return (int)value;
    }

    /// <summary>
    /// Standard normal, as <c>standard_normal()</c> draws it: the polar form of Box and Muller, which makes two at a time;
    /// the second is kept for the next call.
    /// <c>normal(0, σ)</c> is σ times this.
    /// </summary>
    public double NextGaussian()
    {
        if (_secondGaussian is { } kept)
        {
            _secondGaussian = null;
            return kept;
        }

        double x, y, squaredRadius;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            squaredRadius = (x * x) + (y * y);
        }
        while (squaredRadius is >= 1 or 0);

        double factor = Math.Sqrt(-2 * Math.Log(squaredRadius) / squaredRadius);
        _secondGaussian = factor * x;
        return factor * y;
    }
}
