namespace BasinVolume.Kernels;

/// <summary>
/// A kind of device: by which way it is reached, and what suits it. Each kind is described where its devices are, and nobody else asks which kind a device is
/// of.
/// </summary>
/// <param name="Name">How it is asked for, and what results call it: "cpu".</param>
/// <param name="Costs">What suits its devices.</param>
public sealed record DeviceKind(string Name, DeviceCosts Costs)
{
    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
