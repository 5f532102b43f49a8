using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Groups;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Maps;

/// <summary>
/// The block of a map for some groups of coordinates: E A Eᵀ, where Eᵀ puts a direction of the block into its places among zeros, and E takes what is there.
/// It costs as many products of A as it gives. A null direction of A that lies inside the block is one of the block's.
/// </summary>
public sealed class BlockMap : ILinearMap
{
    private readonly ILinearMap _map;
    private Matrix _directions = new(0, 0);
    private Matrix _products = new(0, 0);

    /// <summary>The block of some groups.</summary>
    /// <param name="map">A.</param>
    /// <param name="groups">The groups, in the order in which the block has them; none shares a coordinate with another.</param>
    /// <exception cref="MatrixException">There is no group with a coordinate, one lies outside the map, or two overlap.</exception>
    public BlockMap(ILinearMap map, ImmutableArray<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(map);
        (_map, Groups) = (map, groups);
        foreach (ParameterGroup group in groups)
            group.ThrowIfOutside(map.Order);
        Order = groups.Sum(group => group.Length);
        if (Order == 0)
            throw new MatrixException("A block needs at least one coordinate: name a group that has some.");
        ParameterGroup[] ascending = [.. groups.Where(group => group.Length > 0).OrderBy(group => group.Offset)];
        for (int i = 1; i < ascending.Length; i++)
        {
            if (ascending[i].Offset < ascending[i - 1].Offset + ascending[i - 1].Length)
                throw new MatrixException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The groups '{ascending[i - 1].Name}' and '{ascending[i].Name}' of a block share coordinate {ascending[i].Offset}: name each once."));
        }
    }

    /// <summary>The groups, in the order in which the block has them.</summary>
    public ImmutableArray<ParameterGroup> Groups { get; }

    /// <inheritdoc/>
    public int Order { get; }

    /// <inheritdoc/>
    public double UnitRoundoff => _map.UnitRoundoff;

    /// <inheritdoc/>
    public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(products);
        if (_directions.Rows != directions.Rows)
            (_directions, _products) = (new Matrix(directions.Rows, _map.Order), new Matrix(directions.Rows, _map.Order));
        for (int v = 0; v < directions.Rows; v++)
            Embed(directions.Row(v), _directions.Row(v));
        _map.Multiply(_directions, _products, cancellation);
        for (int v = 0; v < directions.Rows; v++)
            Take(_products.Row(v), products.Row(v));
    }

    /// <summary>A vector of the block as one of the map.</summary>
    /// <param name="inside">As many elements as the block has.</param>
    /// <param name="whole">As many as the map has; receives them at their places, and is left as it is elsewhere.</param>
    public void Embed(ReadOnlySpan<double> inside, Span<double> whole)
    {
        int next = 0;
        foreach (ParameterGroup group in Groups)
        {
            inside.Slice(next, group.Length).CopyTo(whole.Slice(group.Offset, group.Length));
            next += group.Length;
        }
    }

    /// <summary>The part of a vector that lies in the block.</summary>
    /// <param name="whole">As many elements as the map has.</param>
    /// <param name="inside">Receives as many as the block has.</param>
    public void Take(ReadOnlySpan<double> whole, Span<double> inside)
    {
        int next = 0;
        foreach (ParameterGroup group in Groups)
        {
            whole.Slice(group.Offset, group.Length).CopyTo(inside.Slice(next, group.Length));
            next += group.Length;
        }
    }

    /// <summary>The null directions of the map that lie inside the block, in its coordinates. Of shift sets that is none which reaches beyond it.</summary>
    /// <param name="directions">Those of the map.</param>
    public ImmutableArray<NullDirections> Inside(ImmutableArray<NullDirections> directions)
    {
        var inside = ImmutableArray.CreateBuilder<NullDirections>();
        foreach (NullDirections group in directions)
        {
            if (group is ShiftInvariance shift && Inside(shift.Sets) is { IsEmpty: false } sets)
                inside.Add(new ShiftInvariance(shift.Name, sets));
            if (group is UnusedCoordinates unused && Inside(unused.Coordinates) is { IsEmpty: false } coordinates)
                inside.Add(new UnusedCoordinates(unused.Name, coordinates));
        }

        return inside.ToImmutable();
    }

    private ImmutableArray<ImmutableArray<int>> Inside(ImmutableArray<ImmutableArray<int>> sets)
        => [.. sets.Where(set => set.All(coordinate => PlaceOf(coordinate) is not null)).Select(Inside)];

    private ImmutableArray<int> Inside(ImmutableArray<int> coordinates)
        => [.. coordinates.Select(PlaceOf).OfType<int>()];

    private int? PlaceOf(int coordinate)
    {
        int before = 0;
        foreach (ParameterGroup group in Groups)
        {
            if (coordinate >= group.Offset && coordinate < group.Offset + group.Length)
                return before + coordinate - group.Offset;
            before += group.Length;
        }

        return null;
    }
}
