using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Mnist.Notebook;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The tables at the end of the main job: for each model every number that the notebook printed, the number that this run found, and what it means.</summary>
public static class NotebookReport
{
    /// <summary>Prints one table a model.</summary>
    public static void Print(IAnsiConsole console, NotebookResult result)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        foreach (ModelResult model in result.Models)
            console.Write(TableOf(model, result.Options));
    }

    private static Table TableOf(ModelResult model, NotebookOptions options)
    {
        PrintedByNotebook printed = PrintedByNotebook.For(model.Model.Name);
        Table table = new Table { Title = new TableTitle(Markup.Escape($"{model.Model.Name}: {model.Network.ParameterCount} parameters")), Border = TableBorder.Rounded }
            .AddColumns("", "this run", "the notebook", "what it means");
        AddTraining(table, model, options, printed);
        AddHessian(table, model, printed);
        AddSpectrum(table, model);
        AddVolume(table, model, options, printed);
        AddSeconds(table, model, printed);
        return table;
    }

    private static void AddTraining(Table table, ModelResult model, NotebookOptions options, PrintedByNotebook printed)
    {
        string schedule = model.Model.Training.Gamma == 1
            ? "learning rate constant: the notebook's scheduler drives the other model's optimizer"
            : F($"learning rate times {model.Model.Training.Gamma} after each epoch");
        string test = model.Epochs.IsEmpty ? "not trained" : F($"{100.0 * model.Epochs[^1].Test.Correct / model.Epochs[^1].Test.Total:f1} % right, loss {model.Epochs[^1].Test.Loss:f4}");
        Add(table, "epochs", F($"{model.Epochs.Length}"), printed.Epochs, schedule);
        Add(table, "test images", test, printed.Accuracy, "after the last epoch");
        string weighting = options.Weighting == Data.Weighting.BatchMean ? "mean of batch means" : "mean over samples";
        Add(table, "average train loss", F($"{model.Curvature.Hessian.Loss:f6}"), printed.Loss, $"{weighting}, without the penalty; gradient norm {F($"{model.Curvature.Hessian.GradientNorm:g4}")}: not a minimum");
    }

    private static void AddHessian(Table table, ModelResult model, PrintedByNotebook printed)
    {
        int corner = Math.Min(4, model.Network.ParameterCount);
        IEnumerable<string> rows = Enumerable.Range(0, corner).Select(i => string.Join(" ", Enumerable.Range(0, corner).Select(j => F($"{model.Curvature.Hessian.Matrix[i, j],9:f5}"))));
        Add(table, "H[:4,:4]", string.Join('\n', rows), PrintedByNotebook.NotKnown, F($"conv1.weight against itself; raw asymmetry {model.Curvature.Hessian.Asymmetry:g2}"));
    }

    private static void AddSpectrum(Table table, ModelResult model)
    {
        LogDeterminant determinant = LogDeterminant.Of(model.Curvature.Spectrum);
        Inertia inertia = model.Curvature.Spectrum.Inertia;
        string det = determinant.Sign == 0 ? "0" : F($"{(determinant.Sign < 0 ? "−" : "+")}exp({determinant.LogAbsolute:f4})");
        Add(table, "det H", det, PrintedByNotebook.NotKnown, "0 for every network that ends in linear and softmax: a shift of all logits changes nothing");
        Add(table, "log|det H|", F($"{determinant.LogAbsolute:f4}"), PrintedByNotebook.NotKnown, F($"over the {determinant.Rank} eigenvalues that are not zero: {determinant.PseudoLogAbsolute:f4}"));
        Add(table, "eigenvalues", F($"{model.Curvature.Spectrum.Minimum:g6} … {model.Curvature.Spectrum.Maximum:g6}"), "no negative ones", "the notebook looked at singular values, which are never negative");
        Add(table, "inertia", F($"{inertia.Positive} positive, {inertia.Zero} zero, {inertia.Negative} negative"), PrintedByNotebook.NotKnown, F($"zero: up to {model.Curvature.Spectrum.ZeroTolerance:g2} in magnitude"));
    }

    private static void AddVolume(Table table, ModelResult model, NotebookOptions options, PrintedByNotebook printed)
    {
        EllipsoidTerms? terms = model.Curvature.Notebook.Ellipsoid.Terms;
        Add(table, "log V_n", terms is null ? "none" : F($"{terms.LogUnitBallStirling:f4} Stirling\n{terms.LogUnitBall:f4} exact"), PrintedByNotebook.NotKnown, "the unit ball in n dimensions");
        Add(table, "threshold term", terms is null ? "none" : F($"{terms.LogThresholdTerm:f4}"), PrintedByNotebook.NotKnown, F($"(n/2) log(2T), T = {options.Threshold}: a constant"));
        Add(table, "denominator", terms is null ? "none" : F($"{terms.LogDenominator:f4}"), printed.LogDenominator, F($"½ log det(H + (λ + c) I), λ = {options.WeightDecay}, c = k/σ² = {model.Curvature.Notebook.Parameters.PriorCurvature}"));
        Add(table, "log volume", ValueOrReason(model.Curvature.Notebook.LogVolume, model.Curvature.Notebook.Ellipsoid.Reason), printed.LogVolume,
            terms?.LogCurvatureTerm is { } curvature ? F($"nats; the network contributes {curvature:f4}, constants the rest") : "nats");
        Add(table, "log volume, excess", ValueOrReason(model.Curvature.Excess.LogVolume, model.Curvature.Excess.Ellipsoid.Reason), PrintedByNotebook.NotKnown,
            F($"what counts is how far T lies above the loss: T − L = {model.Curvature.Excess.Excess:f4}"));
    }

    private static void AddSeconds(Table table, ModelResult model, PrintedByNotebook printed)
        => Add(table, "seconds", F($"{model.TrainingSeconds:f2} training\n{model.Curvature.HessianSeconds:f2} Hessian\n{model.Curvature.SpectrumSeconds:f2} spectrum"), printed.HessianSeconds, string.Empty);

    private static string ValueOrReason(double? value, string? reason) => value is { } number ? F($"{number:f4}") : reason ?? "none";

    private static void Add(Table table, string name, string value, string printed, string meaning)
        => table.AddRow(Markup.Escape(name), Markup.Escape(value), Markup.Escape(printed), Markup.Escape(meaning));

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
