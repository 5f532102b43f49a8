using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>An operator and what it must compute.</summary>
/// <param name="Operator">What is tested.</param>
/// <param name="Reference">y of one sample from that sample's inputs and the parameter tensors: plain loops in double.</param>
internal sealed record OperatorCase(Operator Operator, Func<double[][], double[][], double[]> Reference)
{
    /// <summary>
    /// Draws that many elements of one sample's input. Operators with kinks and ties draw points away from them, where derivatives are limits of differences.
    /// </summary>
    public Func<Random, int, double[]> Inputs { get; init; } = ArraySamples.Normals;
}
