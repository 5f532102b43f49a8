using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Benchmarks.Field;

/// <summary>A network that others publish figures for.</summary>
/// <param name="Name">What it is called here and in benchmarks/peers/networks.py.</param>
/// <param name="Network">The network.</param>
/// <param name="Samples">How many samples its loss is a sum over.</param>
/// <param name="What">Its layers, for a person.</param>
internal sealed record FieldNetwork(string Name, Network Network, int Samples, string What);
