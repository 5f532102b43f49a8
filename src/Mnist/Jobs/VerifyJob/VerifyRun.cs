using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Training;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Verification;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.VerifyJob;

/// <summary>Checks the derivatives of a network on some images against every identity that they must keep.</summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="device">Where it is computed.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops it at the next block of directions or panel of rows.</param>
public sealed class VerifyRun(VerifyOptions options, Device device, IRunView view, CancellationToken cancellation)
{
    /// <summary>
    /// The most parameters whose whole Hessian and eigenvalues are computed: 134 MB and a few seconds. Networks above are checked by products.
    /// </summary>
    public const int MostDense = 4096;

    /// <summary>Does it.</summary>
    /// <returns>The model with all checks, those that do not apply among them.</returns>
    /// <exception cref="ExplainedException">Model, data, weights, device or numbers are not as they should be.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public VerifyResult Execute() => options.Precision == Precision.Float32 ? Execute<float>() : Execute<double>();

    private VerifyResult Execute<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DataSource source = JobInputs.Open(options, view);
        var model = RequestedModel.Open(options.Model, source.Layout);
        var inputs = JobInputs.Read(options, model, source, "drawn at random", view);
        double[] weights = inputs.Stored?.Values ?? InitialWeights.NormalByInputs(model.Network, inputs.Random.NextGaussian);
        Network network = inputs.Stored is not null
            ? inputs.Model.Network
            : Beginning.Measured<T>(model.Network, weights, inputs.Data.Training, inputs.Indices, device, options, view, cancellation);
        T[] parameters = Array.ConvertAll(weights, T.CreateTruncating);
        var samples = new DatasetSamples(inputs.Data.Training, inputs.Indices, SampleWeights.Of(options.Weighting, inputs.Indices.Length, options.BatchSize));
        using Plan<T> plan = MemoryBudget.CreatePlan<T>(network, device, options);
        plan.SetParameters(parameters);
        Hessian? hessian = network.ParameterCount <= MostDense
            ? view.During("Hessian", progress => Hessian.Compute(plan, samples, progress, cancellation: cancellation))
            : null;
        Derivatives derivatives = view.During("Scales of rounding", _ => Derivatives.Of<T>(plan, samples, parameters, hessian, cancellation));
        IEnumerable<IdentityCheck> ofNetwork = NetworkIdentities.All.SelectMany(
            identity => view.During(identity.Title, progress => identity.Check(derivatives, progress, cancellation)));
        ImmutableArray<IdentityCheck> checks =
        [
            .. ofNetwork,
            .. hessian is null
                ? SpectralIdentities.NotApplicable(TooLarge(network.ParameterCount))
                : OfSpectrum(network, hessian, inputs.Indices.Length),
        ];
        return new(options, device.Description, inputs.Model, inputs.Stored, checks);
    }

    private ImmutableArray<IdentityCheck> OfSpectrum(Network network, Hessian hessian, int samples)
    {
        double[] eigenvalues = view.During("Eigenvalues", progress => SymmetricEigenvalues.Compute(hessian.Matrix, device.Threads, progress, cancellation));
        var spectrum = new Spectrum(eigenvalues, Roundoff.Of(options.Precision, hessian.Matrix.Rows, samples));
        return SpectralIdentities.Check(hessian.Matrix, spectrum, NetworkIdentities.MostNegativeEigenvalues(network));
    }

    private static string TooLarge(int n)
        => FormattableString.Invariant(
            $"it needs H itself and its eigenvalues, which are computed for up to {MostDense} parameters; these are {n}, {ByteSize.Of(8.0 * n * n)}");
}
