using BasinVolume.Kernels;

namespace BasinVolume.Tests;

/// <summary>Where files of the tests are.</summary>
internal static class TestFiles
{
    /// <summary>A file that a fixture script made, copied beside the tests; <paramref name="folder"/> is the one in the tests that has it.</summary>
    public static string Fixture(string folder, string name) => Path.Combine(AppContext.BaseDirectory, folder, "Fixtures", name);

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BasinVolume.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
    }

    /// <summary>Checks that something fails with one sentence that has all the parts.</summary>
    public static void AssertExplained<TException>(Action action, params string[] parts)
        where TException : ExplainedException
    {
        TException exception = Assert.Throws<TException>(action);
        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", exception.Message, StringComparison.Ordinal);
    }
}
