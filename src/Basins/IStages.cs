namespace BasinVolume.Basins;

/// <summary>Whoever shows how far a computation of several stages is.</summary>
public interface IStages
{
    /// <summary>Does a stage while its progress is shown.</summary>
    /// <typeparam name="TResult">What the stage gives.</typeparam>
    /// <param name="name">What is done.</param>
    /// <param name="stage">Does it, telling the share that is done, 0 to 1.</param>
    TResult During<TResult>(string name, Func<IProgress<double>, TResult> stage);
}
