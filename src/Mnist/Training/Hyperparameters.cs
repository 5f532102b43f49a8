namespace BasinVolume.Mnist.Training;

/// <summary>How a model is trained.</summary>
/// <param name="Epochs">Passes over the samples.</param>
/// <param name="BatchSize">Samples of a batch; the last one of an epoch may be smaller.</param>
/// <param name="LearningRate">The learning rate of the first epoch.</param>
/// <param name="Gamma">What the learning rate is multiplied by after each epoch (StepLR with step 1); 1 keeps it constant.</param>
/// <param name="WeightDecay">λ of the penalty ½λ|θ|².</param>
public sealed record Hyperparameters(int Epochs, int BatchSize, double LearningRate, double Gamma, double WeightDecay);
