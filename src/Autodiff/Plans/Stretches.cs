namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// How an array as long as all parameters is cut for the threads that go over it element by element. The cuts depend on its length alone, and a short array is
/// one stretch, because waking a thread costs more than it brings.
/// </summary>
internal static class Stretches
{
    private const int Length = 1 << 14;

    /// <summary>How many there are.</summary>
    public static int Count(int length) => (int)(((long)length + Length - 1) / Length);

    /// <summary>Where one begins and how many elements it has.</summary>
    public static (int Start, int Length) Of(int stretch, int length) => (stretch * Length, Math.Min(Length, length - (stretch * Length)));
}
