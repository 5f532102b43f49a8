using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Solvers;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>
/// The volumes of a model whose Hessian was told by products. What the run kept gives every definition with its interval for any constants, without a product;
/// rays follow the true loss, shaped by the deflated pairs. Products are taken for a penalty that is added, and at weights that were moved.
/// </summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="setting">The constants.</param>
/// <param name="network">The model's network; null where it is not here.</param>
/// <param name="opened">The same at work; null where it is not needed.</param>
/// <param name="missing">Why it is not here.</param>
/// <param name="threads">The team.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops at the next product or evaluation.</param>
internal sealed class ProductVolumes(
    VolumeOptions options,
    VolumeSetting setting,
    Network? network,
    NetworkAtWork? opened,
    string? missing,
    HostThreads threads,
    IRunView view,
    CancellationToken cancellation)
{
    // Where the run has no pairs, so many shape the Newton steps, no more exactly than that needs.
    private const int FewPairs = 10;
    private const double RoughTolerance = 1e-2;

    // How small an eigenvalue counts as zero, in units of the largest magnitude.
    private double _zero;

    /// <summary>Checks that nothing is asked that needs the matrix.</summary>
    /// <exception cref="OptionException">Something is.</exception>
    public static void Check(VolumeOptions options)
    {
        if (options.DeviationsFile is not null)
            throw new OptionException(
                "--sigma-file makes another matrix of the Hessian, of which this run's products tell nothing; give one deviation with --sigma, "
                + "or take a run with a dense Hessian.");
        if (options.Rays.Rays > 0 && options.Rays.Preconditioner == RayShape.Diagonal)
            throw new OptionException(
                "--preconditioner diagonal needs the diagonal of the Hessian, which products do not tell exactly; take auto, hessian or identity.");
    }

    /// <summary>Every definition, and again where the weights were moved.</summary>
    /// <exception cref="MatrixException">What was kept does not fit together.</exception>
    public VolumeResult Execute(ProductSource source)
    {
        EstimatedModel model = view.During("Quadratures", _ => source.Kept.ToModel(source.Gradient!.Value.AsSpan(), threads));
        _zero = source.ZeroTolerance(options.Exactness.ZeroTolerance, model.Curvature);
        bool vectors = opened is not null && (options.Rays.Rays > 0 || options.Converge is not null);
        RitzPairs? pairs = vectors ? view.During("Eigenvectors", _ => source.Kept.PairsWithVectors(model.Dimension)) : null;
        VolumeResult result = Measure(source, model, pairs);
        if (options.Converge is not { } converge)
            return result;
        (ProductSource moved, Convergence convergence) = Converge(source, pairs!, converge, result.Entries);
        (EstimatedModel there, RitzPairs? pairsThere) = Compute(moved);
        return Measure(moved with { Loss = there.Loss }, there, pairsThere ?? pairs! with { Pairs = [], Vectors = new(0, model.Dimension) }) with
        {
            Convergence = convergence,
        };
    }

    private VolumeResult Measure(ProductSource source, EstimatedModel bare, RitzPairs? pairs)
    {
        double[] weights = [.. source.Weights!.Value], gradient = [.. source.Gradient!.Value];
        new L2Penalty(setting.AddedDecay).AddGradient(gradient, weights);
        EstimatedModel model = setting.AddedDecay > 0 ? Penalised(source, bare, gradient) : bare;
        RayResult? rays = opened is null || options.Rays.Rays == 0 ? null : Follow(source, model, pairs!, gradient);
        string without = missing ?? "No rays were asked for: give their number with --rays.";
        ImmutableArray<VolumeEntry> entries = view.During(
            "Volumes", _ => EstimatedVolumes.Of(model, setting, rays?.Gaussian, rays is null ? without : null, cancellation));
        VolumeSweep sweep = view.During("Volumes over ranges", _ => EstimatedVolumes.Sweep(model, setting, rays, cancellation));
        return new(options, source, setting, FactsOf(source, model, gradient), entries, rays, sweep, Convergence: null, Seconds: 0);
    }

    // L + ½λ|θ|² has the gradient g + λθ, whose measure takes a recurrence of its own. That at 0, (g + λθ) − (H + λI)θ = g − Hθ, is as it was, and from there
    // to the weights the penalty rises by ½λ|θ|².
    private EstimatedModel Penalised(ProductSource source, EstimatedModel bare, double[] gradient)
    {
        double[] weights = [.. source.Weights!.Value];
        double added = new L2Penalty(setting.AddedDecay).At(weights);
        IDifferentiableLoss loss = At(weights, source.WeightDecay);
        VectorMeasure measure = view.During("Gradient with the penalty", progress => VectorMeasure.Of(
            loss.Hessian, new Matrix(1, gradient.Length, gradient), source.Request().Steps, threads, progress, cancellation)[0]);
        return bare with
        {
            Loss = bare.Loss + added,
            Gradient = measure,
            WeightDecay = setting.AddedDecay,
            Origin = bare.Origin! with { Rise = bare.Origin.Rise - added },
        };
    }

    private RayResult Follow(ProductSource source, EstimatedModel model, RitzPairs pairs, double[] gradient)
    {
        double[] weights = [.. source.Weights!.Value];
        double decay = source.WeightDecay + setting.AddedDecay;
        var measured = new ModelByProducts(model, pairs, At(weights, decay).Hessian, gradient, weights, setting.Prior, setting.Threshold);
        var prior = new GaussianPrior(options.PriorCentre ?? PriorCentre.Weights, setting.Prior.Deviation);
        return new RayStudy(options.Rays.Study, measured, prior, opened!, threads, view, cancellation).Run(weights, decay);
    }

    private IDifferentiableLoss At(double[] weights, double decay)
    {
        IDifferentiableLoss loss = opened!.DifferentiableWith(decay);
        loss.MoveTo(weights, new double[weights.Length]);
        return loss;
    }

    private QuadraticFacts FactsOf(ProductSource source, EstimatedModel model, double[] gradient)
    {
        var facts = new QuadraticFacts(model.Dimension, model.Loss, EuclideanNorm.Of(gradient));
        // A penalty moves all eigenvalues, and the band is of the bare Hessian.
        if (setting.AddedDecay > 0)
            return facts;
        double tolerance = _zero * model.Curvature.Scale;
        var band = InertiaBand.Of(model.Curvature, tolerance, cancellation);
        return facts with { ZeroTolerance = tolerance, Inertia = (band.Positive, band.Zero, band.Negative) };
    }

    private (ProductSource Moved, Convergence Convergence) Converge(
        ProductSource source, RitzPairs pairs, ConvergeOptions converge, ImmutableArray<VolumeEntry> before)
    {
        long start = Stopwatch.GetTimestamp();
        double[] weights = [.. source.Weights!.Value];
        DeflatedPreconditioner outliers = Outliers(source, pairs, weights);
        var search = new TrustRegionNewton(
            opened!.DifferentiableWith(source.WeightDecay + setting.AddedDecay), converge.Tolerance, converge.Steps, outliers);
        StationaryPoint point = view.During("Newton steps", _ => search.From(weights, ConvergeOptions.Told(view), cancellation));
        var convergence = new Convergence(converge, point, before, Stopwatch.GetElapsedTime(start).TotalSeconds);
        view.Say($"{source.Name}: {convergence.Outcome}");
        double[] gradient = new double[weights.Length];
        double loss = opened.DifferentiableWith(source.WeightDecay).MoveTo([.. point.Weights], gradient);
        return (source with { Weights = point.Weights, Gradient = [.. gradient], Loss = loss }, convergence);
    }

    // The largest eigenvalues shape the steps: those of the run, or a few that are looked for.
    private DeflatedPreconditioner Outliers(ProductSource source, RitzPairs pairs, double[] weights)
    {
        int[] upper = [.. Enumerable.Range(pairs.FromBelow, pairs.Pairs.Length - pairs.FromBelow).Where(i => pairs.Pairs[i].Value + setting.AddedDecay > 0)];
        if (upper.Length > 0)
            return new(Chosen(pairs, upper), setting.AddedDecay, threads);
        IDifferentiableLoss loss = At(weights, source.WeightDecay);
        var wanted = new EndsWanted(FewPairs, Smallest: 0, RoughTolerance, Seed: source.Request().Seed);
        RitzPairs found = view.During("Largest eigenvalues", progress => BlockLanczos.Of(
            loss.Hessian, wanted, without: null, threads, progress, cancellation: cancellation));
        int[] positive = [.. Enumerable.Range(0, found.Pairs.Length).Where(i => found.Pairs[i].Value + setting.AddedDecay > 0)];
        return new(Chosen(found, positive), setting.AddedDecay, threads);
    }

    private static RitzPairs Chosen(RitzPairs pairs, int[] indices)
    {
        var vectors = new Matrix(indices.Length, pairs.Vectors.Columns);
        for (int row = 0; row < indices.Length; row++)
            pairs.Vectors.Row(indices[row]).CopyTo(vectors.Row(row));
        return pairs with { Pairs = [.. indices.Select(i => pairs.Pairs[i])], Vectors = vectors, FromBelow = 0 };
    }

    // What products tell at weights that were moved, asked as the run asked.
    private (EstimatedModel Model, RitzPairs? Pairs) Compute(ProductSource moved)
        => new CurvatureAtWeights(network!, opened!, threads, view, cancellation).Compute(
            moved.Name, [.. moved.Weights!.Value], moved.WeightDecay, moved.Request(), new Exactness(Roundoff.Of(moved.Model!.Precision)));
}
