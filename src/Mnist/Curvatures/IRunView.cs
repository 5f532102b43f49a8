namespace BasinVolume.Mnist.Curvatures;

/// <summary>Whoever watches a run.</summary>
public interface IRunView
{
    /// <summary>Something worth a line.</summary>
    void Say(string line);

    /// <summary>Does a step of the run while its progress is shown.</summary>
    /// <typeparam name="TResult">What the step gives.</typeparam>
    /// <param name="name">What is done.</param>
    /// <param name="step">Does it, telling the share that is done, 0 to 1.</param>
    TResult During<TResult>(string name, Func<IProgress<double>, TResult> step);
}

/// <summary>What every view can do with the above.</summary>
public static class RunViewExtensions
{
    /// <summary>Does a step that is over before its progress could be shown.</summary>
    /// <param name="view">Who watches.</param>
    /// <param name="name">What is done.</param>
    /// <param name="step">Does it.</param>
    public static void During(this IRunView view, string name, Action step)
    {
        ArgumentNullException.ThrowIfNull(view);
        view.During(name, _ =>
        {
            step();
            return true;
        });
    }
}
