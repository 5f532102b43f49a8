using System.Collections.Immutable;
using BasinVolume.Data.Samples;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Jobs.TrainJob;

/// <summary>A model that was trained, and how it went.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Device">Where it was computed.</param>
/// <param name="Model">The model.</param>
/// <param name="Data">The images.</param>
/// <param name="Indices">The training images that were used, in order.</param>
/// <param name="Training">How the training went.</param>
/// <param name="Found">How its weights do on the data.</param>
/// <param name="Seconds">From opening the device to the last file.</param>
public sealed record TrainResult(
    TrainJobOptions Options,
    DeviceDescription Device,
    RequestedModel Model,
    DataParts Data,
    ImmutableArray<int> Indices,
    TrainingHistory Training,
    DataResult Found,
    double Seconds);
