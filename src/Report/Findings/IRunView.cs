using BasinVolume.Basins;

namespace BasinVolume.Report.Findings;

/// <summary>Whoever watches a run.</summary>
public interface IRunView : IStages
{
    /// <summary>Something worth a line.</summary>
    void Say(string line);

    /// <summary>What the stage at work has come to: worth a line of the log, and shown until there is something newer.</summary>
    void Tell(string state);
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
