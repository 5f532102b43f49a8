using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Kernels.Tests.Ranks;

/// <summary>What ranks exchange besides sums, among ranks that are threads.</summary>
public sealed class RanksExtensionsTests
{
    [Fact]
    public void A_process_alone_has_the_least_number_and_the_only_text()
    {
        Assert.Equal(7.5, OneRank.Alone.Least(7.5));
        Assert.Equal(["größer ∞"], OneRank.Alone.Texts("größer ∞"));
        Assert.Equal(string.Empty, OneRank.Alone.Text(string.Empty, 0));
    }

    [Theory]
    [InlineData(3.0, 1.0, 2.0)]
    [InlineData(-1.0, 0.0, double.PositiveInfinity)]
    public void The_least_number_is_every_ranks(params double[] numbers)
        => Assert.All(Together(numbers.Length, (ranks, rank) => ranks.Least(numbers[rank])), least => Assert.Equal(numbers.Min(), least));

    // Lengths around those of a number, eight bytes.
    [Fact]
    public void Every_rank_has_all_texts_in_order()
    {
        string[] texts = [string.Empty, "1234567", "12345678", "123456789 and λ", "\n\0end"];
        Assert.All(Together(texts.Length, (ranks, rank) => ranks.Texts(texts[rank])), all => Assert.Equal(texts, all));
    }

    private static TResult[] Together<TResult>(int count, Func<IRanks, int, TResult> work)
    {
        using var meeting = new Barrier(count);
        var shown = new double[1][];
        return [.. Enumerable.Range(0, count).Select(rank => Task.Factory.StartNew(
            () => work(new Meeting(rank, count, meeting, shown), rank), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray().Select(task => task.GetAwaiter().GetResult())];
    }

    // Threads that stand around a table: one lays its numbers on it, all read them.
    private sealed class Meeting(int rank, int count, Barrier barrier, double[][] table) : IRanks
    {
        public int Rank => rank;

        public int Count => count;

        public void Send(ReadOnlySpan<double> values, int rank) => throw new NotSupportedException();

        public void Receive(Span<double> values, int rank) => throw new NotSupportedException();

        public void Broadcast(Span<double> values, int rank)
        {
            if (rank == Rank)
                table[0] = values.ToArray();
            barrier.SignalAndWait();
            Assert.Equal(table[0].Length, values.Length);
            table[0].CopyTo(values);
            barrier.SignalAndWait();
        }
    }
}
