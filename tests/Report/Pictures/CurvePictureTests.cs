using BasinVolume.Curvature;
using BasinVolume.Report.Pictures;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Tests.Pictures;

/// <summary>Pictures of curves.</summary>
public sealed class CurvePictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_has_a_curve_for_batches_and_two_for_the_test()
    {
        EpochRecord[] epochs =
        [
            .. Enumerable.Range(1, 6).Select(
                epoch => new EpochRecord { Epoch = epoch, LearningRate = 1, TestLoss = 2.0 / epoch, TestCorrect = 10 * epoch, TestTotal = 100 }),
        ];
        TrainingPicture.Write(
            _folder.PathOf("training.svg"),
            "a model",
            new() { WeightDecay = 0, Epochs = [.. epochs], StepLosses = [.. Enumerable.Range(0, 12).Select(i => 3 - (i / 10.0))] });
        Drawn.AssertCurves(_folder.PathOf("training.svg"), curves: 3, "a model: training");
    }

    [Fact]
    public void A_training_of_no_epochs_has_no_picture()
    {
        TrainingPicture.Write(_folder.PathOf("training.svg"), "a model", new() { WeightDecay = 0, Epochs = [], StepLosses = [] });
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_tail_has_a_curve_for_each_sign()
    {
        double[] eigenvalues = [.. Enumerable.Range(1, 200).Select(i => 1.0 / i), .. Enumerable.Range(1, 150).Select(i => -0.1 / i), 0, 0];
        TailPicture.Write(_folder.PathOf("tail.svg"), "a matrix", new Spectrum(eigenvalues, Spectrum.DoubleRoundoff));
        Drawn.AssertCurves(_folder.PathOf("tail.svg"), curves: 2, "without 2 zeros");
    }

    [Fact]
    public void A_damping_has_a_curve_for_the_determinant_and_one_for_its_slope_without_singular_points()
    {
        var spectrum = new Spectrum([-1, 2, 3], Spectrum.DoubleRoundoff);
        DampingPicture.Write(_folder.PathOf("damping.svg"), "a matrix", DampingCurve.Of(spectrum, [0.01, 0.1, 0.5, 1, 10, 100, 1000]));
        Drawn.AssertCurves(_folder.PathOf("damping.svg"), curves: 2, "a matrix: log-determinant against damping");
        DampingPicture.Write(_folder.PathOf("none.svg"), "a matrix", DampingCurve.Of(spectrum, [1, 2]));
        Assert.False(File.Exists(_folder.PathOf("none.svg")));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-1e-310)]
    [InlineData(1e308, -1e308)]
    public void Any_tail_can_be_drawn(params double[] eigenvalues)
    {
        TailPicture.Write(_folder.PathOf("tail.svg"), "a matrix", new Spectrum(eigenvalues, Spectrum.DoubleRoundoff));
        Drawn.AssertCurves(_folder.PathOf("tail.svg"), curves: 0, "a matrix");
    }
}
