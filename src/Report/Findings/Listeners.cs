using System.Collections.Immutable;

namespace BasinVolume.Report.Findings;

/// <summary>Several listeners, who are told one after the other.</summary>
/// <param name="all">The listeners, in order.</param>
public sealed class Listeners(params ImmutableArray<IFindings> all) : Relay
{
    /// <inheritdoc/>
    protected override void Tell(Action<IFindings> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        foreach (IFindings listener in all)
            tell(listener);
    }
}
