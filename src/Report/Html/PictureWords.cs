using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Report.Records;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>What is seen on a picture, in a sentence with the numbers of the document whose picture it is: for whoever cannot look at it.</summary>
internal static class PictureWords
{
    private const int Digits = 3;

    /// <summary>The sentence; null where the document does not have the numbers.</summary>
    /// <param name="record">The document.</param>
    /// <param name="kind">How the picture's file begins.</param>
    /// <param name="name">Of whom it is, as its file has it.</param>
    public static string? Of(IRunRecord record, string kind, string name) => record switch
    {
        ResultRecord run when run.Models?.FirstOrDefault(model => model.Name == name) is { } model => OfModel(model, kind),
        SpectrumRunRecord spectrum => OfSpectrum(spectrum, kind),
        VolumeRecord volume => OfVolume(volume),
        LandscapeRecord landscape => OfLandscape(landscape, kind, name),
        _ => null,
    };

    /// <summary>Of whom a document's pictures of one kind are, in its own order: models, or directions of a model.</summary>
    public static ImmutableArray<string> NamesOf(IRunRecord record) => record switch
    {
        ResultRecord run => [.. run.Models?.Select(model => model.Name) ?? []],
        LandscapeRecord landscape => [.. landscape.Lines?.Select(line => $"{landscape.Model}-{line.Name}") ?? []],
        _ => [],
    };

    private static string? OfModel(ModelRecord model, string kind) => kind switch
    {
        "training" when model.Training is { } training => OfTraining(training),
        "filters" when Convolution(model) is { Shape: [var outputs, var inputs, var rows, var columns] } tensor
            => $"Filters of {tensor.Name} of {model.Name}, {Count(outputs * inputs)} in all, each a map of {Count(rows)} x {Count(columns)} weights",
        "mistakes" when model.Training is { Epochs: [.., { TestTotal: { } total, TestCorrect: { } right }] }
            => $"The first of {Count(total - right)} mistakes on {Count(total)} test images, each with its class, the answer and its probability",
        "hessian" when model is { Hessian: { } hessian, Parameters: { } order }
            => $"Map of {Count(order)} x {Count(order)} elements in {Count(model.ParameterMap?.Length)} tensors; "
                + $"trace {Number(hessian.Trace)}, Frobenius norm {Number(hessian.FrobeniusNorm)}",
        "spectrum" when model.Spectrum is { } spectrum => Histogram(spectrum),
        "tail" when model.Spectrum is { } spectrum
            => $"Numbers of eigenvalues at least so large: {Count(spectrum.Positive)} positive ones up to {Number(spectrum.Max)}"
                + (spectrum.Negative > 0 ? $", {Count(spectrum.Negative)} negative ones down to {Number(spectrum.Min)}" : ", no negative one"),
        "eigenvectors" when model.Spectrum is { } spectrum
            => $"Eigenvectors as maps of {Count(model.ParameterMap?.Length)} tensors, from the largest eigenvalue {Number(spectrum.Max)} down"
                + (spectrum.Negative > 0 ? $", and from the most negative {Number(spectrum.Min)} up" : string.Empty),
        _ => model.Curvature is { } curvature ? OfCurvature(curvature, kind) : null,
    };

    private static TensorRecord? Convolution(ModelRecord model) => model.ParameterMap?.FirstOrDefault(tensor => tensor.Shape.Length == 4);

    private static string OfTraining(TrainingRecord training)
    {
        string losses = training.StepLosses is [var first, .., var last]
            ? $"Losses of {Count(training.StepLosses.Length)} batches in {Count(training.Epochs.Length)} epochs, from {Number(first)} to {Number(last)}"
            : "Losses of the batches";
        if (training.Epochs is not [.., { TestLoss: { } test } end])
            return losses;
        string right = 100.0 * end.TestCorrect / end.TestTotal is { } share ? $", with {Number(share)} % right" : string.Empty;
        return $"{losses}; test loss {Number(test)} after the last{right}";
    }

    private static string? OfCurvature(CurvatureRecord curvature, string kind) => kind switch
    {
        "eigenpairs" when curvature.Pairs is { Found: [var lowest, .., var highest] } pairs
            => $"{Count(pairs.Found.Length)} eigenvalues with their intervals from {Number(lowest.Value)} to {Number(highest.Value)}: "
                + $"{Count(pairs.FromBelow)} at the lower end, {Count(pairs.Found.Length - pairs.FromBelow)} at the upper; "
                + $"{Count(pairs.Found.Count(pair => pair.Converged == true))} reached the tolerance",
        "density" when curvature.Distribution is { Range: [var low, var high] } distribution
            => $"Band around the number of eigenvalues up to each place, {Count(curvature.Order)} in all between {Number(low)} and {Number(high)}; "
                + $"at its widest it is {Number(100 * distribution.WidestBand)} % of them",
        "shares" when curvature.TensorTraces?.Where(tensor => tensor.Trace is not null).MaxBy(tensor => Math.Abs(tensor.Trace!.Value)) is { } largest
            => $"Bars of the traces of {Count(curvature.TensorTraces?.Count(tensor => tensor.Trace is not null))} tensors; the largest is that of "
                + $"{largest.Name}, {Number(largest.Trace)}" + (largest.Share is { } share ? $" or {Number(100 * share)} % of all" : string.Empty),
        _ => null,
    };

    private static string? OfSpectrum(SpectrumRunRecord spectrum, string kind) => kind switch
    {
        "spectrum" => Histogram(spectrum),
        "damping" when spectrum.Damping is [var first, .., var last]
            => $"log|det(H + μI)| at {Count(spectrum.Damping?.Length)} dampings: {Number(first.LogDeterminant)} at μ = {Number(first.Mu)}, "
                + $"{Number(last.LogDeterminant)} at μ = {Number(last.Mu)}; its slope goes from {Number(first.Slope)} to {Number(last.Slope)}",
        _ => null,
    };

    private static string Histogram(SpectrumRecord spectrum)
    {
        string apart = spectrum.Outliers switch
        {
            null => string.Empty,
            0 => "; none stands apart",
            1 => "; 1 stands apart",
            var count => $"; {Count(count)} stand apart",
        };
        int? order = spectrum.Positive + spectrum.Zero + spectrum.Negative;
        return $"Histogram of {Count(order)} eigenvalues from {Number(spectrum.Min)} to {Number(spectrum.Max)}; "
            + $"{Count(spectrum.Negative)} negative, {Count(spectrum.Zero)} zero{apart}";
    }

    private static string? OfVolume(VolumeRecord volume)
    {
        if (volume.Definitions is not { } definitions)
            return null;
        IEnumerable<string> values = definitions.Where(pair => pair.Value.Applies).Select(
            pair => $"{DefinitionNames.Of(pair.Key)} {Number(pair.Value.LogProbability?.Value ?? pair.Value.LogVolume?.Value)}");
        string without = definitions.Count(pair => !pair.Value.Applies) is var count and > 0 ? $"; {Count(count)} definitions have no value" : string.Empty;
        return $"Logarithms of volumes against threshold and prior; at {Number(volume.Threshold)} {volume.ThresholdKind} they are, in nats: "
            + $"{string.Join(", ", values)}{without}";
    }

    private static string? OfLandscape(LandscapeRecord landscape, string kind, string name)
    {
        if (kind == "plane")
            return landscape.Plane is not { } plane
                ? null
                : $"Loss over the plane of {plane.Across} and {plane.Up}, from {Number(plane.Lowest)} to {Number(plane.Highest)}; "
                    + $"{Number(landscape.Loss)} at the weights";
        LineRecord? line = landscape.Lines?.FirstOrDefault(line => name == $"{landscape.Model}-{line.Name}");
        if (line is not { Places: [var from, .., var to], Losses: [var first, .., var last], Quadratic: [var start, .., var end] })
            return null;
        return $"True loss along {line.Name} from {Number(from)} to {Number(to)}: {Number(first)} and {Number(last)} at the ends, "
            + $"{Number(line.Lowest)} at its lowest, {Number(landscape.Loss)} at the weights; "
            + $"the quadratic model has {Number(start)} and {Number(end)} at the ends";
    }

    private static string Count(int? number) => number is { } count ? count.ToString(CultureInfo.InvariantCulture) : "an unknown number of";

    private static string Number(double? number)
        => number is { } value && double.IsFinite(value) ? ShortNumber.Of(value, Digits) : "unknown";
}
