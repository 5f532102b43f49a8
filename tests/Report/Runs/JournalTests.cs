using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Tests.Runs;

/// <summary>The answers of an unfinished run, and what becomes of them when they are torn, damaged, or of other questions.</summary>
public sealed class JournalTests : IDisposable
{
    private const string Name = "answers.journal";
    private static readonly ImmutableArray<KeyValuePair<string, string>> Work = [new("--samples", "500"), new("the weights' SHA-256", "12ab")];

    private readonly TemporaryFolder _folder = new();

    // Bytes of a record of two elements: the question, their number, themselves, and the check.
    private const int RecordBytes = 32 + 8 + 16 + 32;

    private string File => _folder.PathOf($".unfinished/checkpoint/{Name}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Answers_are_taken_in_order_and_what_follows_is_computed_and_kept()
    {
        Assert.Equal(new double[] { 1, 2, 3 }, Ask(EarlierRun.Keep, [1, 2, 3], computed: [1, 2, 3]));
        Assert.Equal(new double[] { 1, 2, 3, 4 }, Ask(EarlierRun.Resume, [1, 2, 3, 4], computed: [4]));
        Assert.Equal(new double[] { 1, 2, 3, 4 }, Ask(EarlierRun.Resume, [1, 2, 3, 4], computed: []));
    }

    [Fact]
    public void A_record_that_was_torn_anywhere_is_cut_off_and_computed_again()
    {
        Ask(EarlierRun.Keep, [1, 2, 3], computed: [1, 2, 3]);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int torn = 1; torn <= RecordBytes; torn++)
        {
            System.IO.File.WriteAllBytes(File, whole[..^torn]);
            Assert.Equal(new double[] { 1, 2, 3 }, Ask(EarlierRun.Resume, [1, 2, 3], computed: [3]));
            Assert.Equal(whole, System.IO.File.ReadAllBytes(File));
        }
    }

    [Fact]
    public void A_record_with_any_byte_changed_and_all_behind_it_are_computed_again()
    {
        Ask(EarlierRun.Keep, [1, 2, 3], computed: [1, 2, 3]);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int place = 0; place < RecordBytes; place++)
        {
            byte[] changed = [.. whole];
            changed[^((2 * RecordBytes) - place)] ^= 1;
            System.IO.File.WriteAllBytes(File, changed);
            Assert.Equal(new double[] { 1, 2, 3 }, Ask(EarlierRun.Resume, [1, 2, 3], computed: [2, 3]));
            Assert.Equal(whole, System.IO.File.ReadAllBytes(File));
        }
    }

    [Fact]
    public void Another_question_than_the_next_one_ends_it()
    {
        Ask(EarlierRun.Keep, [1, 2, 3], computed: [1, 2, 3]);
        Assert.Equal(new double[] { 1, 7, 3 }, Ask(EarlierRun.Resume, [1, 7, 3], computed: [7, 3]));
        Assert.Equal(new double[] { 1, 7, 3 }, Ask(EarlierRun.Resume, [1, 7, 3], computed: []));
    }

    [Fact]
    public void A_question_is_its_kind_and_its_numbers_and_where_they_part()
    {
        byte[][] questions =
        [
            Journal.Question("a", new double[] { 1, 2 }), Journal.Question("b", new double[] { 1, 2 }), Journal.Question("a", new double[] { 2, 1 }),
            Journal.Question("a", new double[] { 1 }, new double[] { 2 }), Journal.Question("a"), Journal.Question("a", new double[] { 1, -0.0 }),
            Journal.Question("a", new double[] { 1, 0 }),
        ];
        Assert.Equal(questions.Length, questions.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void What_fails_is_not_kept()
    {
        using (OutputFolder output = Begun(EarlierRun.Keep))
        using (var journal = new Journal(new JournalFile(output.Checkpoint, Name, Work), OneRank.Alone))
        {
            Assert.Throws<InvalidOperationException>(
                () => journal.Ask(Journal.Question("q"), new double[1], () => throw new InvalidOperationException()));
            Assert.False(output.Checkpoint.HoldsWork);
        }

        Assert.Equal(new double[] { 1 }, Ask(EarlierRun.Keep, [1], computed: [1]));
    }

    [Fact]
    public void It_says_of_what_work_it_is_and_one_with_a_damaged_head_is_refused()
    {
        Ask(EarlierRun.Keep, [1], computed: [1]);
        using OutputFolder output = new(_folder.Path, EarlierRun.Resume);
        Assert.Equal(Work, JournalFile.WorkOf(output.Checkpoint, Name));
        Assert.Null(JournalFile.WorkOf(output.Checkpoint, "other.journal"));
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int place = 0; place < whole.Length - RecordBytes; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 1;
            System.IO.File.WriteAllBytes(File, changed);
            TestFiles.AssertExplained<DataException>(() => JournalFile.WorkOf(output.Checkpoint, Name), File, "remove it, or begin anew with --force");
        }
    }

    // Asks for the pair (n, n/2) of each n, and checks which of them were computed.
    private double[] Ask(EarlierRun earlier, double[] asked, double[] computed)
    {
        using OutputFolder output = Begun(earlier);
        var file = new JournalFile(output.Checkpoint, Name, Work);
        using var journal = new Journal(file, OneRank.Alone);
        List<double> found = [], done = [];
        foreach (double n in asked)
        {
            double[] answer = [double.NaN, double.NaN];
            journal.Ask(Journal.Question("half", new[] { n }), answer, () =>
            {
                done.Add(n);
                (answer[0], answer[1]) = (n, n / 2);
            });
            Assert.Equal(n / 2, answer[1]);
            found.Add(answer[0]);
        }

        Assert.Equal(computed, done);
        Assert.Equal(asked.Length - computed.Length, file.Taken);
        return [.. found];
    }

    private OutputFolder Begun(EarlierRun earlier)
    {
        OutputFolder output = new(_folder.Path, earlier);
        output.Take(RunKind.Models);
        return output;
    }
}
