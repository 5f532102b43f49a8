namespace BasinVolume.Kernels.Ranks;

/// <summary>A process that computes alone.</summary>
public sealed class OneRank : IRanks
{
    private OneRank()
    {
    }

    /// <summary>The only one.</summary>
    public static OneRank Alone { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<double> values, int rank) => throw Nobody();

    /// <inheritdoc/>
    public void Receive(Span<double> values, int rank) => throw Nobody();

    /// <inheritdoc/>
    public void Broadcast(Span<double> values, int rank)
    {
    }

    private static InvalidOperationException Nobody() => new("A process that computes alone has nobody to exchange numbers with.");
}
