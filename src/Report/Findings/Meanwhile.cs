namespace BasinVolume.Report.Findings;

/// <summary>
/// A listener that is told while the job goes on: of one finding after the other, in their order, as if it were told at once. What it is told must not change
/// afterwards. What it throws is thrown when the next finding is told, or at the end; it is told nothing more then.
/// </summary>
/// <param name="listener">The listener.</param>
public sealed class Meanwhile(IFindings listener) : Relay, IDisposable
{
    private Task _told = Task.CompletedTask;

    /// <summary>Waits until the listener knows all that was found.</summary>
    public void Finish() => _told.GetAwaiter().GetResult();

    /// <summary>Waits likewise when the job has failed, so that what was found until then is there; what the listener throws is lost.</summary>
    public void Dispose() => _told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Tell(Action<IFindings> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        if (_told.IsFaulted)
            Finish();
        Task earlier = _told;
        _told = Task.Run(
            async () =>
            {
                await earlier.ConfigureAwait(false);
                tell(listener);
            });
    }
}
