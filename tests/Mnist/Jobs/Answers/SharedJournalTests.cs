using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Tests.Jobs.Answers;

/// <summary>A journal of processes that compute together: what the first finds in its file none of them computes.</summary>
public sealed class SharedJournalTests : IDisposable
{
    private const string Name = "answers.journal";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_take_what_is_there_and_all_compute_what_is_not()
    {
        Assert.All(Ask(EarlierRun.Keep, ranks: 2, questions: 3), computed => Assert.Equal([0, 1, 2], computed));
        Assert.All(Ask(EarlierRun.Resume, ranks: 4, questions: 5), computed => Assert.Equal([3, 4], computed));
        Assert.All(Ask(EarlierRun.Resume, ranks: 1, questions: 5), Assert.Empty);
    }

    [Fact]
    public void All_compute_again_what_was_torn()
    {
        Ask(EarlierRun.Keep, ranks: 3, questions: 3);
        string path = _folder.PathOf($".unfinished/checkpoint/{Name}");
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^1]);
        Assert.All(Ask(EarlierRun.Resume, ranks: 3, questions: 3), computed => Assert.Equal([2], computed));
        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    // Asks for the squares of 0, 1, …; which of them each rank computed. A rank that computes one while another takes it would leave the other's number behind.
    private int[][] Ask(EarlierRun earlier, int ranks, int questions)
    {
        using OutputFolder output = new(_folder.Path, earlier);
        output.Take(RunKind.Volume);
        return ThreadRanks.Run(ranks, rank =>
        {
            using var journal = new Journal(rank.Rank == 0 ? new JournalFile(output.Checkpoint, Name, []) : null, rank);
            List<int> computed = [];
            for (int n = 0; n < questions; n++)
            {
                double[] answer = [double.NaN];
                journal.Ask(Journal.Question("square", new double[] { n }), answer, () =>
                {
                    computed.Add(n);
                    answer[0] = rank.Rank == rank.Count - 1 ? n * n : double.NaN;
                    rank.Broadcast(answer, rank.Count - 1);
                });
                Assert.Equal(n * n, answer[0]);
            }

            return computed.ToArray();
        });
    }
}
