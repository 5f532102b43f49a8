using System.Globalization;
using System.Text.Json;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Curvature.Tests.Volumes.Gaussian;

/// <summary>
/// The measure against mpmath with 30 digits (Fixtures/measures.py): for n = 1 by the roots of the parabola and the normal law, for n = 2 by an integral over one coordinate of that,
/// for definite forms by Talbot's inversion of the Laplace transform, for others by Imhof's integral, straight up through the saddle point.
/// </summary>
public class MeasureOracleTests
{
    private const string Resource = "measures.json";

    private static readonly JsonElement[] Cases = Read();

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void It_is_right_to_ten_digits_and_to_its_stated_error(int index)
    {
        JsonElement one = Cases[index];
        double[] h = Numbers(one, "h"), g = Numbers(one, "g"), weights = Numbers(one, "weights");
        var model = QuadraticModel.InEigenbasis(0, new Spectrum(h, Spectrum.DoubleRoundoff), g, weights);
        var prior = new GaussianPrior(one.GetProperty("origin").GetBoolean() ? PriorCentre.Origin : PriorCentre.Weights, one.GetProperty("sigma").GetDouble());
        GaussianMeasure measure = GaussianMeasure.Of(model, BasinThreshold.Excess(one.GetProperty("rise").GetDouble()), prior);
        double exact = double.Parse(one.GetProperty("log").GetString()!, CultureInfo.InvariantCulture), off = Math.Abs(measure.LogProbability!.Value - exact);
        string found = $"{one.GetProperty("what")}, n = {h.Length}: {measure.LogProbability} where {exact} is right, stated error {measure.Error}";
        Assert.True(off <= 1e-10 + (1e-14 * Math.Abs(exact)), found);
        // The integrals of the oracle are good to 1e-13.
        Assert.True(off <= measure.Error + 1e-13, found);
        Assert.InRange(measure.Error!.Value, 0, 1e-10);
    }

    private static double[] Numbers(JsonElement one, string key) => [.. one.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement[] Read()
    {
        using Stream stream = typeof(MeasureOracleTests).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException(Resource);
        return [.. JsonDocument.Parse(stream).RootElement.EnumerateArray()];
    }
}
