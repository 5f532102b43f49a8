namespace BasinVolume.Curvature.Volumes;

/// <summary>One additive part of a logarithm.</summary>
/// <param name="Name">What the part is, in lower case with underscores: the key under which it is written.</param>
/// <param name="Nats">Its contribution, natural logarithm.</param>
public readonly record struct VolumeTerm(string Name, double Nats);
