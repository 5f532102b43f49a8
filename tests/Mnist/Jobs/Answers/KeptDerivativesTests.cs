using BasinVolume.Curvature;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Mnist.Jobs.Answers;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Tests.Jobs.Answers;

/// <summary>A search for a stationary point that goes on from any of its answers takes the steps of one in one go.</summary>
public sealed class KeptDerivativesTests : IDisposable
{
    private const string Name = "answers.journal";
    private static readonly double[] Start = [1.5, -2, 0.7];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_takes_the_same_steps_from_wherever_it_goes_on()
    {
        StationaryPoint expected = new TrustRegionNewton(new Quartic(), 1e-9, 50).From(Start);
        Assert.Equal(SearchEnd.Converged, expected.End);
        var whole = new Quartic();
        AssertSame(expected, Search(whole, EarlierRun.Keep));
        byte[] journal = File.ReadAllBytes(JournalFile);
        // A gradient is four numbers and a product three, each with 72 bytes around them.
        int head = journal.Length - (whole.Gradients * (72 + 32)) - (whole.Products * (72 + 24));
        for (int length = head; length < journal.Length; length += 61)
        {
            File.WriteAllBytes(JournalFile, journal[..length]);
            var rest = new Quartic();
            AssertSame(expected, Search(rest, EarlierRun.Resume));
            Assert.Equal(journal, File.ReadAllBytes(JournalFile));
            // What was torn is computed again, and at most one gradient to come back to where the search was.
            Assert.InRange(rest.Gradients + rest.Products, 1, whole.Gradients + whole.Products + 1);
        }

        var nothing = new Quartic();
        AssertSame(expected, Search(nothing, EarlierRun.Resume));
        Assert.Equal((0, 0), (nothing.Gradients, nothing.Products));
    }

    private string JournalFile => _folder.PathOf($".unfinished/checkpoint/{Name}");

    private StationaryPoint Search(Quartic loss, EarlierRun earlier)
    {
        using OutputFolder output = new(_folder.Path, earlier);
        output.Take(RunKind.Volume);
        using var journal = new Journal(new JournalFile(output.Checkpoint, Name, []), OneRank.Alone);
        return new TrustRegionNewton(new KeptDerivatives(loss, journal, "loss"), 1e-9, 50).From(Start);
    }

    private static void AssertSame(StationaryPoint expected, StationaryPoint found)
    {
        Assert.Equal(expected.Weights, found.Weights);
        Assert.Equal(expected.Steps, found.Steps);
        Assert.Equal((expected.End, expected.Distance), (found.End, found.Distance));
    }

    /// <summary>Σ (θ_i⁴/4 + (i + 1) θ_i²/2 − θ_i) + θ_0 θ_1, whose Hessian is another one everywhere.</summary>
    private sealed class Quartic : IDifferentiableLoss, ILinearMap
    {
        private double[] _weights = [];

        public int Gradients { get; private set; }

        public int Products { get; private set; }

        public int ParameterCount => 3;

        public int Order => 3;

        public double UnitRoundoff => Spectrum.DoubleRoundoff;

        public ILinearMap Hessian => this;

        public double MoveTo(double[] weights, double[] gradient)
        {
            Gradients++;
            _weights = [.. weights];
            double loss = weights[0] * weights[1];
            for (int i = 0; i < weights.Length; i++)
            {
                double w = weights[i];
                loss += (w * w * w * w / 4) + ((i + 1) * w * w / 2) - w;
                gradient[i] = (w * w * w) + ((i + 1) * w) - 1;
            }

            gradient[0] += weights[1];
            gradient[1] += weights[0];
            return loss;
        }

        public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
        {
            Products += directions.Rows;
            for (int row = 0; row < directions.Rows; row++)
            {
                for (int i = 0; i < 3; i++)
                    products[row, i] = ((3 * _weights[i] * _weights[i]) + i + 1) * directions[row, i];
                products[row, 0] += directions[row, 1];
                products[row, 1] += directions[row, 0];
            }
        }
    }
}
