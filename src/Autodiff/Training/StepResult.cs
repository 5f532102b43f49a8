namespace BasinVolume.Autodiff.Training;

/// <summary>A step of a training.</summary>
/// <param name="Epoch">The pass over the batches, counted from 1.</param>
/// <param name="Batch">The batch in it, counted from 1.</param>
/// <param name="Loss">The batch's loss before the step.</param>
public readonly record struct StepResult(int Epoch, int Batch, double Loss);
