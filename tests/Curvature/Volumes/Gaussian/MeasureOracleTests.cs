using System.Globalization;
using System.Text.Json;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Volumes.Gaussian;

/// <summary>
/// The measure against mpmath with 30 digits (Fixtures/measures.py): for n = 1 by the roots of the parabola and the normal law, for n = 2 by an integral over
/// one coordinate of that, for definite forms by Talbot's inversion of the Laplace transform, for others by Imhof's integral, straight up through the saddle
/// point.
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

    // Talbot's inversion by mpmath with 70 digits, degrees 70 and 90: curvatures over seven decades, of which few matter, as a network has them.
    // The last column is how far the saddle-point formula is off, at least.
    [Theory]
    [InlineData(0.01, -366.07928933192642, 1e-3)]
    [InlineData(0.3, -126.71521179302818, 1e-3)]
    [InlineData(4, -24.595721410225173, 2e-3)]
    public void A_spectrum_over_decades(double rise, double exact, double formula)
    {
        double[] h = [.. Enumerable.Range(0, 300).Select(i => Math.Pow(10, 1 - (i / 40.0))).Order()];
        GaussianMeasure measure = GaussianMeasure.Of(
            QuadraticModel.AtMinimum(0, new Spectrum(h, Spectrum.DoubleRoundoff)), BasinThreshold.Excess(rise), new(PriorCentre.Weights, 0.5));
        Assert.Equal(exact, measure.LogProbability!.Value, 1e-11);
        Assert.InRange(Math.Abs(measure.SaddlePointFormula!.Value - exact), formula, 1);
    }

    /// <summary>
    /// With curvatures in equal pairs and no slope, Q is a sum of 2c times exponential variables, of either sign, and partial fractions of its Laplace
    /// transform give
    ///     Pr(Q &gt; y) = Σ over c_k &gt; 0 of e^(−y/2c_k) ∏_{j≠k} c_k/(c_k − c_j) for y ≥ 0, and Pr(Q ≤ y) the same over c_k &lt; 0 for y ≤ 0.
    /// Sizes lie a factor apart, so that little cancels, and over decades; depths go to a million nats.
    /// </summary>
    [Fact]
    public void Pairs_of_curvatures_are_sums_of_exponential_laws() =>
        Gen.Select(Gen.Double[0.7, 3].Array[1, 6], Gen.Bool.Array[6], Gen.Double[-3, 6], Gen.Bool).Sample((gaps, signs, depth, below) =>
        {
            double size = 1e-3;
            double[] c = [.. gaps.Select((gap, k) => (size *= Math.Exp(gap)) * (signs[k] ? 1 : -1))];
            int sign = below ? -1 : 1;
            if (!c.Any(x => x * sign > 0))
                return;
            double largest = c.Max(x => x * sign), y = 2 * largest * Math.Pow(10, depth) * sign;
            double[] terms = [.. c.Where(x => x * sign > 0).Select(
                x => Math.Exp((Math.Abs(y) / 2 / largest) - (Math.Abs(y) / 2 / Math.Abs(x)))
                    * c.Where(other => other != x).Aggregate(1.0, (product, other) => product * x / (x - other)))];
            double tail = Math.Log(terms.Sum()) - (Math.Abs(y) / 2 / largest);
            double exact = below ? tail : MathNet.Numerics.SpecialFunctions.Log1p(-Math.Exp(tail));
            double[] h = [.. c.SelectMany(x => (double[])[2 * x, 2 * x]).Order()];
            GaussianMeasure measure = GaussianMeasure.Of(
                QuadraticModel.AtMinimum(0, new Spectrum(h, Spectrum.DoubleRoundoff)), BasinThreshold.Excess(y), new(PriorCentre.Weights, 1));
            // What an error of the tail does to log P, which is relative where P is near 1.
            double slope = below ? 1 : 1 / (Math.Exp(-tail) - 1), off = Math.Abs(measure.LogProbability!.Value - exact);
            string found = $"{measure.LogProbability} ± {measure.Error} where {exact} is right: c = {string.Join(", ", c)}, y = {y}";
            Assert.True(off <= (1e-10 + (1e-14 * Math.Abs(tail))) * slope, found);
            Assert.True(
                off <= measure.Error + (slope * ((1e-15 * Math.Abs(tail)) + (1e-15 * terms.Sum(Math.Abs) / terms.Sum()))) + (1e-15 * Math.Abs(exact)), found);
        });

    private static double[] Numbers(JsonElement one, string key) => [.. one.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement[] Read()
    {
        using Stream stream = typeof(MeasureOracleTests).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException(Resource);
        return [.. JsonDocument.Parse(stream).RootElement.EnumerateArray()];
    }
}
