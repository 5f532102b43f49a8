using System.Collections.Immutable;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Jobs.VerifyJob;

/// <summary>What a verification found.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Model">The model.</param>
/// <param name="Weights">What was read of its weights; null for drawn ones.</param>
/// <param name="Checks">All checks, those that do not apply among them.</param>
public sealed record VerifyResult(
    VerifyOptions Options, DeviceDescription Device, RequestedModel Model, StoredWeights? Weights, ImmutableArray<IdentityCheck> Checks);
