namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>What lies around an operator in its network: it decides what the passes are handed.</summary>
internal enum Surroundings
{
    /// <summary>The operator is the only user of its inputs: the reverse passes overwrite their adjoints.</summary>
    Alone,

    /// <summary>The loss uses the inputs as well: the reverse passes add to adjoints that have been written.</summary>
    Shared,

    /// <summary>The first input is the network's own: it has no tangent, and nobody wants its adjoint.</summary>
    Constant,
}
