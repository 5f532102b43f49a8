namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// What of a row of a symmetric matrix is computed: products are added from column <paramref name="Added"/> on; columns before <paramref name="Mirrored"/> follow by symmetry from rows above it.
/// If columns lie between, others compute them in both triangles.
/// </summary>
/// <param name="Mirrored">The end of the columns that are mirrored, at most the row's own.</param>
/// <param name="Added">The first column that is added to, at least <paramref name="Mirrored"/>.</param>
internal readonly record struct RowExtent(int Mirrored, int Added);
