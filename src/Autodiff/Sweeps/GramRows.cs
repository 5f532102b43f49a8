namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Some rows of a block, of which those elements are meant that lie on or above the block's diagonal.</summary>
/// <param name="Block">Which block.</param>
/// <param name="Top">The matrix's row where the block begins.</param>
/// <param name="Left">The matrix's column where it begins.</param>
/// <param name="First">The first row, counted in the block.</param>
/// <param name="End">The row behind the last one.</param>
internal readonly record struct GramRows(int Block, int Top, int Left, int First, int End);
