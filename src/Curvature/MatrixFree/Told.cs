namespace BasinVolume.Curvature.MatrixFree;

/// <summary>Whoever is told something at once, on the thread that tells it.</summary>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
