using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Mnist.Jobs;

namespace BasinVolume.Mnist.Tests.Jobs;

/// <summary>What processes that compute one answer make sure of.</summary>
public sealed class AgreementTests
{
    private static readonly string[] Same = ["a\nb", "\"ü\" \\ 0"];

    [Fact]
    public void The_same_entries_agree_whatever_is_in_them()
        => Assert.All(Sentences(Same, Same, Same), Assert.Null);

    [Fact]
    public void All_processes_have_the_sentence_of_the_first_difference()
    {
        string?[] sentences = Sentences(["x", "1"], ["x", "1"], ["x", "2"], ["y", "3"]);
        Assert.All(sentences, sentence => Assert.Contains("second is 1 in rank 0 and 2 in rank 2;", sentence, StringComparison.Ordinal));
        Assert.Single(sentences.Distinct());
    }

    [Fact]
    public void A_process_alone_is_not_even_asked()
        => Agreement.Demand(OneRank.Alone, () => throw new InvalidOperationException("It was."));

    private static string?[] Sentences(params string[][] values) => ThreadRanks.Run(values.Length, ranks => SentenceOf(ranks, values[ranks.Rank]));

    private static string? SentenceOf(IRanks ranks, string[] own)
    {
        try
        {
            Agreement.Demand(ranks, () => new([new("first", own[0]), new("second", own[1])]));
            return null;
        }
        catch (DisagreementException e)
        {
            return e.Message;
        }
    }
}
