namespace BasinVolume.Kernels;

/// <summary>One of the convolutions that are added: images and the weights that they are convolved with.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Images">Of each entry, [S, image size]: inputs forward, adjoints of outputs towards the image.</param>
/// <param name="Weights">Of each entry, [weight size].</param>
public readonly record struct ConvolutionTerm<T>(Batch<T> Images, Batch<T> Weights)
    where T : unmanaged;
