namespace BasinVolume.Gpu.Ilgpu;

/// <summary>The terms of a product shared out to several sets of threads, each of which leaves its sums in scratch.</summary>
/// <param name="Count">Number of splits, 1 where the sums go to the result at once.</param>
/// <param name="Terms">Terms of each.</param>
/// <param name="Stride">Elements from one split's sums to the next one's.</param>
internal readonly record struct ProductSplit(int Count, int Terms, int Stride);
