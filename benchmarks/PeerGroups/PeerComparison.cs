namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>Ours against theirs, group by group in one run, so that both meet the same machine.</summary>
internal static class PeerComparison
{
    // A new group is a line here.
    private static readonly (string Name, Action<IReadOnlyList<string>> Run)[] _groups =
    [
        ("products", _ => MatrixProducts.Run()),
        ("hessians", _ => NotebookHessians.Run()),
        ("networks", NetworkPasses.Run),
        ("training", Trainings.Run),
        ("curvature", Curvatures.Run),
        ("eigenvalues", _ => Eigenvalues.Run()),
    ];

    /// <summary>Runs all groups, or the one that is named.</summary>
    /// <param name="words">A group's name, and after it what it is asked to run; all of it if there is none.</param>
    public static void Run(IReadOnlyList<string> words)
    {
        if (words.Count > 0 && !_groups.Any(group => group.Name == words[0]))
        {
            Console.Error.WriteLine($"There is no group '{words[0]}'; take one of {string.Join(", ", _groups.Select(group => group.Name))}, or none for all.");
            Environment.ExitCode = 2;
            return;
        }

        foreach ((string name, Action<IReadOnlyList<string>> run) in _groups)
        {
            if (words.Count == 0 || words[0] == name)
                run([.. words.Skip(1)]);
        }
    }
}
