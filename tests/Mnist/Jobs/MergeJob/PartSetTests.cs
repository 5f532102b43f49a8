using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Jobs.MergeJob;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Tests.Jobs.MergeJob;

/// <summary>Which folders are all parts of one result, and what is said of those that are not.</summary>
public sealed class PartSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_parts_in_any_order_are_read_in_theirs()
    {
        string[] folders = [Written("c", Part(3, 3)), Written("a", Part(1, 3)), Written("b", Part(2, 3))];
        Assert.Equal([1, 2, 3], PartSet.Read(folders).All.Select(part => part.Record.Part));
    }

    [Fact]
    public void Missing_parts_are_named()
    {
        string[] folders = [Written("a", Part(1, 5)), Written("b", Part(4, 5))];
        Refused(folders, "3 of 5 parts are missing: part 2, 3, 5", "--shard 2/5");
        Refused([Written("c", Part(2, 2))], "1 of 2 parts is missing: part 1;");
        Refused([Written("d", Part(1, 100))], "99 of 100 parts", "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and others");
    }

    [Fact]
    public void What_is_there_twice_or_of_another_cut_or_command_is_told_with_both_folders()
    {
        string first = Written("a", Part(1, 2)), again = Written("b", Part(1, 2));
        Refused([first, again], "a", "b", "are both part 1 of 2");
        Refused([first, first], "are both part 1 of 2");
        Refused([first, Written("c", Part(2, 3))], "is part 1 of 2", "part 2 of 3");
        Refused([first, Written("d", Part(2, 2) with { Command = "volume" })], "'hessian' computes", "'volume' does");
        Refused([Written("e", Part(1, 1) with { Command = "train" })], "'train'", "expected hessian or volume");
        Refused([Written("f", Part(3, 2))], "part 3 of 2", "which cannot be");
    }

    [Fact]
    public void A_difference_is_told_with_both_values()
    {
        string first = Written("a", Part(1, 2));
        string other = Written("b", Part(2, 2) with { Fingerprint = [new() { Name = "--precision", Value = "float32" }] });
        Refused([first, other], "--precision is float64 in ", "a and float32 in ");
        string less = Written("c", Part(2, 2) with { Fingerprint = [] });
        Refused([first, less], "--precision is float64 in ", "and not given in ");
        string later = Written("d", Part(2, 2) with { Constants = [new() { Name = "--threshold", Value = "3" }] });
        Refused([first, later], "--threshold is 2 in ", "and 3 in ", "with that option of merge");
        // Unless merge is told which.
        Assert.Equal(2, PartSet.Read([first, later], "--threshold").All.Length);
    }

    [Fact]
    public void A_damaged_or_unfinished_folder_is_named()
    {
        string first = Written("a", Part(1, 2)), second = Written("b", Part(2, 2));
        byte[] numbers = File.ReadAllBytes(Path.Combine(second, "roots.npy"));
        numbers[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(second, "roots.npy"), numbers);
        Refused([first, second], Path.Combine(second, "roots.npy"), "not as it was written", "compute part 2 of 2 again");
        File.Delete(Path.Combine(second, "roots.npy"));
        Refused([first, second], Path.Combine(second, "roots.npy"), "is missing");
        File.WriteAllText(Path.Combine(second, "part.json"), "{");
        Refused([first, second], Path.Combine(second, "part.json"), "is not the result of a part");

        Refused([first, _folder.PathOf("nowhere")], "There is no folder", "nowhere");
        Directory.CreateDirectory(_folder.PathOf("empty"));
        Refused([first, _folder.PathOf("empty")], "empty holds no part");
        Directory.CreateDirectory(_folder.PathOf("empty/.unfinished"));
        File.WriteAllText(_folder.PathOf("empty/.unfinished/part.log"), string.Empty);
        Refused([first, _folder.PathOf("empty")], "empty holds a part that was not finished");
    }

    private static void Refused(string[] folders, params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => PartSet.Read(folders), parts);

    private static PartRecord Part(int part, int parts) => new()
    {
        Command = "hessian",
        Part = part,
        Parts = parts,
        Model = "a model",
        Share = new() { Of = "samples", All = 100, First = 0, Count = 10 },
        Fingerprint = [new() { Name = "--precision", Value = "float64" }],
        Constants = [new() { Name = "--threshold", Value = "2" }],
        Words = [],
    };

    private string Written(string name, PartRecord record)
    {
        using OutputFolder output = new(_folder.PathOf(name), EarlierRun.Keep);
        RunFolder run = new(output, RunKind.Part);
        run.Begin();
        Npy.Write<double>(run.PathOf("roots.npy"), [2], [1, 2]);
        run.WriteResult(record);
        run.Publish();
        return _folder.PathOf(name);
    }
}
