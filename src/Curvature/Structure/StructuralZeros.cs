namespace BasinVolume.Curvature.Structure;

/// <summary>The structural zeros of one group.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Count">
/// How many zero eigenvalues it adds. Directions of several groups may depend on each other: shift sets are counted first, then unused coordinates in the order
/// given, so that a dead feature in a layer of C classes before a softmax adds C − 1.
/// </param>
/// <param name="LargestResidual">max ‖A d‖ over the group's directions d of length 1, in the units of the matrix: how exactly the matrix has them.</param>
public sealed record StructuralZeros(string Name, int Count, double LargestResidual);
