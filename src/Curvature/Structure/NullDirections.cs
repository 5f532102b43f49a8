using System.Collections.Immutable;

namespace BasinVolume.Curvature.Structure;

/// <summary>Named directions d with A d = 0 that are known without looking at the matrix. A group is either of the two kinds in this file.</summary>
/// <param name="Name">What the zeros are called in results.</param>
public abstract record NullDirections(string Name);

/// <summary>
/// Adding the same number to all coordinates of a set changes nothing: for each set, the vector that is 1 there and 0 elsewhere is a null direction.
/// A linear layer with F inputs and a bias before a softmax has F + 1 such sets, one coordinate for each class in each.
/// </summary>
/// <param name="Name">What the zeros are called in results.</param>
/// <param name="Sets">Index sets, none empty; no index stands in two sets of a matrix.</param>
public sealed record ShiftInvariance(string Name, ImmutableArray<ImmutableArray<int>> Sets) : NullDirections(Name)
{
    /// <summary>The sets of class-major tensors: of a tensor [classes, features] at an offset, feature j of every class makes one set.</summary>
    /// <param name="name">What the zeros are called in results.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="tensors">Where each tensor begins, and how many features a class has in it (1 for a bias).</param>
    public static ShiftInvariance OfClasses(string name, int classes, params ReadOnlySpan<(int Offset, int Features)> tensors)
    {
        ImmutableArray<ImmutableArray<int>>.Builder sets = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        foreach ((int offset, int features) in tensors)
        {
            for (int j = 0; j < features; j++)
                sets.Add([.. Enumerable.Range(0, classes).Select(c => offset + (c * features) + j)]);
        }

        return new ShiftInvariance(name, sets.ToImmutable());
    }
}

/// <summary>Coordinates that change nothing by themselves: dead features, unused parameters. Row and column of each are zero.</summary>
/// <param name="Name">What the zeros are called in results.</param>
/// <param name="Coordinates">The coordinates; none stands in two groups of a matrix.</param>
public sealed record UnusedCoordinates(string Name, ImmutableArray<int> Coordinates) : NullDirections(Name);
