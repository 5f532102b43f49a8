using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Traces;

/// <summary>The subspace of the last coordinates.</summary>
internal sealed class LastCoordinates(int dimension) : ISubspace
{
    public int Dimension => dimension;

    public void RemoveFrom(Matrix vectors)
    {
        for (int row = 0; row < vectors.Rows; row++)
            vectors.Row(row)[^dimension..].Clear();
    }
}
