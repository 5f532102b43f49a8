using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Descriptions;

/// <summary>One layer of a description. Every layer can name the value that it takes and its own output.</summary>
internal abstract record Layer
{
    /// <summary>Which layer it is; <see cref="Layers"/> has the names.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the value that it takes; the output of the layer before if left out.</summary>
    public string? From { get; init; }

    /// <summary>A name for its output.</summary>
    public string? As { get; init; }

    /// <summary>Adds the layer to a network.</summary>
    public void AddTo(NetworkBuilder network)
    {
        if (From is not null)
            network.From(From);
        Add(network);
        if (As is not null)
            network.As(As);
    }

    /// <summary>The values that a list names.</summary>
    /// <exception cref="NetworkException">The list has a null in it.</exception>
    protected static string[] Named(string[] with)
        => Array.IndexOf(with, null) is var place and >= 0 ? throw new NetworkException($"'with' has null at position {place}; name values in it.") : with;

    /// <summary>The layer itself.</summary>
    protected abstract void Add(NetworkBuilder network);
}
