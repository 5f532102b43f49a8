namespace BasinVolume.Curvature.MatrixFree;

/// <summary>Whoever follows a computation by products: a bar for each stage, and what is known as soon as it is.</summary>
public interface ICurvatureListener
{
    /// <summary>Does a stage while its progress is shown.</summary>
    /// <typeparam name="TResult">What the stage gives.</typeparam>
    /// <param name="stage">What is done.</param>
    /// <param name="compute">Does it, telling the share that is done, 0 to 1.</param>
    TResult During<TResult>(string stage, Func<IProgress<double>, TResult> compute);

    /// <summary>Told all that is known whenever more is.</summary>
    /// <param name="known">What is known; what is not known yet has a reason.</param>
    void Found(MatrixFreeCurvature known);
}
