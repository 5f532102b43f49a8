namespace BasinVolume.Mnist.Commands;

/// <summary>How far two words are apart (Levenshtein): the fewest letters to add, drop or change on the way from one to the other.</summary>
internal static class EditDistance
{
    /// <summary>The distance.</summary>
    public static int Between(string from, string to)
    {
        // Row i holds the distances of the first i letters to every beginning of the other word.
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
