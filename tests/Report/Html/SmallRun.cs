using BasinVolume.Mnist.Tests;

namespace BasinVolume.Report.Tests.Html;

/// <summary>Tests that look at the same page; one after the other, for some write it anew.</summary>
[CollectionDefinition(Name)]
public sealed class PageOfARun : ICollectionFixture<SmallRun>
{
    public const string Name = "page of a run";
}

/// <summary>A folder with a run of the main job and the landscape of one of its models.</summary>
public sealed class SmallRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallRun()
    {
        Run("notebook", "--audit", "--samples", "100", "--epochs", "2", "--device", "cpu");
        Run("landscape", "--run", Folder, "--name", "l2", "--points", "7", "--side", "5", "--device", "cpu");
    }

    public string Folder => _folder.PathOf("a run");

    public string Page => Path.Combine(Folder, "report.html");

    public void Dispose() => _folder.Dispose();

    private void Run(params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run([.. arguments, "--out", Folder]);
        Assert.True(exitCode == 0, error);
    }
}
