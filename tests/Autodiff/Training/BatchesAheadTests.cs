using System.Collections.Concurrent;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Training;

public sealed class BatchesAheadTests : IDisposable
{
    private const int Inputs = 3;
    private const int Classes = 4;

    private static readonly Network _network = new NetworkBuilder(new Shape(Inputs)).Linear("fc", Classes).SoftmaxLoss().Build();

    private readonly HostDevice _device = new(3);

    public void Dispose() => _device.Dispose();

    // A chunk is smaller than a batch, as large, larger, and several parts of a thread long.
    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(512)]
    [InlineData(100)]
    public void Losses_and_gradients_have_the_same_bits_as_without_it(int chunkSize)
    {
        using var plan = new Plan<float>(_network, _device, new PlanBudget(chunkSize, 1 << 20));
        plan.SetParameters([.. Enumerable.Range(0, _network.ParameterCount).Select(i => (i - 7) / 10f)]);
        ISamples[] batches = [new Numbers(64, 0), new Numbers(64, 100), new Numbers(300, 200), new Numbers(28, 600)];
        using var ahead = new BatchesAhead<float>(_network, batches, passes: 3, batch => Gradient.ChunksOf(plan, batch.Count));
        double[] expected = new double[_network.ParameterCount], gradient = new double[_network.ParameterCount];
        for (int pass = 0; pass < 3; pass++)
        {
            foreach (ISamples batch in batches)
            {
                double loss = Gradient.Compute(plan, batch, expected);
                Assert.Equal(loss, Gradient.Compute(plan, ahead.Next(), gradient));
                Assert.Equal(expected, gradient);
            }
        }
    }

    [Fact]
    public void It_goes_on_behind_the_batches_that_are_done()
    {
        using var plan = new Plan<float>(_network, _device, new PlanBudget(100, 1 << 20));
        plan.SetParameters([.. Enumerable.Range(0, _network.ParameterCount).Select(i => (i - 7) / 10f)]);
        ISamples[] batches = [new Numbers(64, 0), new Numbers(300, 200), new Numbers(28, 600)];
        double[] expected = new double[_network.ParameterCount], gradient = new double[_network.ParameterCount];
        for (int done = 0; done <= 6; done++)
        {
            using var ahead = new BatchesAhead<float>(_network, batches, passes: 2, batch => Gradient.ChunksOf(plan, batch.Count), done);
            for (int batch = done; batch < 6; batch++)
            {
                double loss = Gradient.Compute(plan, batches[batch % 3], expected);
                Assert.Equal(loss, Gradient.Compute(plan, ahead.Next(), gradient));
                Assert.Equal(expected, gradient);
            }
        }
    }

    [Fact]
    public void The_next_chunk_is_read_while_nobody_asks_for_it_and_no_other()
    {
        var samples = new Numbers(50, 0);
        using var ahead = new BatchesAhead<float>(_network, [samples], passes: 1, Tens);
        samples.WaitFor(0);
        Assert.Equal([0], samples.Read);
        ISamples batch = ahead.Next();
        Take(batch, 0);
        samples.WaitFor(10);
        Take(batch, 10);
        samples.WaitFor(20);
        Assert.Equal([0, 10, 20], samples.Read.Order());
    }

    [Fact]
    public void Nothing_is_read_beyond_the_end()
    {
        Numbers first = new(20, 0), second = new(5, 0);
        using (var ahead = new BatchesAhead<float>(_network, [first, second], passes: 2, Tens))
        {
            for (int pass = 0; pass < 2; pass++)
            {
                ISamples batch = ahead.Next();
                Take(batch, 0);
                Take(batch, 10);
                Take(ahead.Next(), 0, 5);
            }
        }

        Assert.Equal([0, 0, 10, 10], first.Read.Order());
        Assert.Equal([0, 0], second.Read);
    }

    [Fact]
    public void An_error_comes_out_when_its_chunk_is_asked_for_and_nothing_is_read_behind_it()
    {
        Numbers good = new(20, 0), bad = new(20, 0) { Broken = 10 }, behind = new(20, 0);
        using (var ahead = new BatchesAhead<float>(_network, [good, bad, behind], passes: 1, Tens))
        {
            ISamples batch = ahead.Next();
            Take(batch, 0);
            Take(batch, 10);
            batch = ahead.Next();
            Take(batch, 0);
            bad.WaitFor(10);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Take(batch, 10));
            Assert.Equal("Sample 10 is broken.", error.Message);
        }

        Assert.Empty(behind.Read);
    }

    [Fact]
    public void A_plan_throws_the_error_that_it_throws_without_it()
    {
        using var plan = new Plan<float>(_network, _device, new PlanBudget(100, 1 << 20));
        plan.SetParameters(new float[_network.ParameterCount]);
        var gradient = new double[_network.ParameterCount];
        Numbers good = new(200, 0), bad = new(200, 0) { Broken = 170 };
        using var ahead = new BatchesAhead<float>(_network, [good, bad], passes: 1, batch => Gradient.ChunksOf(plan, batch.Count));
        Gradient.Compute(plan, ahead.Next(), gradient);
        InvalidDataException expected = Assert.Throws<InvalidDataException>(() => Gradient.Compute(plan, bad, gradient));
        Assert.Equal(expected.Message, Assert.Throws<InvalidDataException>(() => Gradient.Compute(plan, ahead.Next(), gradient)).Message);
    }

    [Fact]
    public void Chunks_out_of_order_are_refused()
    {
        using var ahead = new BatchesAhead<float>(_network, [new Numbers(30, 0)], passes: 1, Tens);
        ISamples batch = ahead.Next();
        Take(batch, 0);
        Assert.Throws<InvalidOperationException>(() => Take(batch, 20));
    }

    [Fact]
    public void It_ends_in_the_middle_of_a_pass()
    {
        var samples = new Numbers(1000, 0);
        using (var ahead = new BatchesAhead<float>(_network, [samples], passes: 5, Tens))
            Take(ahead.Next(), 0);
        int read = samples.Read.Count;
        Assert.InRange(read, 1, 2);
    }

    // A process that has none of some batches, and of others their second half.
    [Fact]
    public void Chunks_of_some_batches_may_be_all_that_is_read()
    {
        Numbers first = new(20, 0), none = new(7, 0), last = new(30, 0);
        using (var ahead = new BatchesAhead<float>(
            _network, [first, none, last], passes: 2, batch => batch.Count == 7 ? [] : Tens(batch).Where(range => range.First >= 10)))
        {
            for (int pass = 0; pass < 2; pass++)
            {
                Assert.Equal(20, ahead.Next().Count);
                Take(ahead, 10);
                Assert.Equal(7, ahead.Next().Count);
                Assert.Equal(30, ahead.Next().Count);
                Assert.Throws<InvalidOperationException>(() => Take(ahead, 0));
                Take(ahead, 10);
                Take(ahead, 20);
            }
        }

        Assert.Equal([10, 10], first.Read);
        Assert.Empty(none.Read);
        Assert.Equal([10, 10, 20, 20], last.Read.Order());
    }

    private static IEnumerable<SampleRange> Tens(ISamples batch)
    {
        for (int first = 0; first < batch.Count; first += 10)
            yield return new(first, Math.Min(first + 10, batch.Count));
    }

    private static void Take(ISamples samples, int first, int count = 10)
    {
        float[] inputs = new float[count * Inputs], weights = new float[count];
        samples.Read(first, inputs.AsSpan(), new int[count], [], weights.AsSpan());
        Assert.Equal(Numbers.WeightOf(first), weights[0]);
    }

    /// <summary>Samples whose numbers follow from their number, and which know where reading began.</summary>
    private sealed class Numbers(int count, int offset) : ISamples
    {
        public int Count => count;

        public int Broken { get; init; } = -1;

        public ConcurrentQueue<int> Read { get; } = [];

        public static float WeightOf(int sample) => 1f / (sample + 1);

        public void WaitFor(int first) => Assert.True(SpinWait.SpinUntil(() => Read.Contains(first), TimeSpan.FromMinutes(1)), $"{first} was not read.");

        void ISamples.Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        {
            for (int s = 0; s < weights.Length; s++)
            {
                if (first + s == Broken)
                {
                    Read.Enqueue(first);
                    throw new InvalidDataException($"Sample {first + s} is broken.");
                }

                for (int i = 0; i < Inputs; i++)
                    inputs[(s * Inputs) + i] = T.CreateTruncating(Math.Sin(offset + first + s + (0.1 * i)));
                labels[s] = (first + s) % Classes;
                weights[s] = T.CreateTruncating(WeightOf(first + s));
            }

            Read.Enqueue(first);
        }
    }
}
