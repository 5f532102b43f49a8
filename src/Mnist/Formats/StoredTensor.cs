namespace BasinVolume.Mnist.Formats;

/// <summary>A tensor that a file holds: its shape at once, its elements when they are wanted.</summary>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Read">Gives the elements, row by row.</param>
internal sealed record StoredTensor(IReadOnlyList<int> Shape, Func<double[]> Read);
