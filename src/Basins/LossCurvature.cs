using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Basins;

/// <summary>
/// How curved the loss of a network is at weights: loss, gradient, Hessian, Gauss–Newton matrix, products, eigenvalues and the volume of the basin, each
/// computed when it is asked for. Device, memory and threads are chosen; <see cref="On{T}"/> and <see cref="By{T}"/> leave them to you.
/// One thread at a time may ask.
/// </summary>
/// <example>
/// <code>
/// using var curvature = LossCurvature.Of(network, weights, new MatrixSamples(points, labels));
/// Console.WriteLine(curvature);
/// Matrix hessian = curvature.Hessian().Matrix;
/// double largest = curvature.Eigenvalues().Maximum;
/// </code>
/// </example>
public sealed class LossCurvature : IDisposable
{
    private readonly Work _work;
    private bool _closed;
    private readonly Lazy<(double Loss, double[] Gradient)> _first;
    private Hessian? _hessian;
    private SolvedSpectrum? _spectrum;
    private MeasuredModel? _measured;

    private LossCurvature(Network network, ImmutableArray<double> weights, Work work)
    {
        (Network, Weights, _work) = (network, weights, work);
        _first = new(() => At.First());
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>θ, n weights in the network's order.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>L(θ).</summary>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    public double Loss => _first.Value.Loss;

    /// <summary>∇L(θ), n elements.</summary>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    public ReadOnlySpan<double> Gradient => _first.Value.Gradient;

    /// <summary>On the processor, in double, with all its threads.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">θ, all n weights in the network's order, which is PyTorch's.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    /// <exception cref="NetworkException">There are not n weights.</exception>
    public static LossCurvature Of(Network network, ReadOnlySpan<double> weights, ISamples samples)
    {
        var device = new HostDevice(Environment.ProcessorCount);
        try
        {
            return Create<double>(network, weights, samples, device, device);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>On a device and in a precision of your choice.</summary>
    /// <typeparam name="T">What the passes are computed in: float or double. Results are double.</typeparam>
    /// <param name="device">Where; yours to close, after this.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">θ, all n weights in the network's order.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    /// <exception cref="NetworkException">There are not n weights.</exception>
    /// <exception cref="DeviceException">The device lacks the precision or the memory.</exception>
    public static LossCurvature On<T>(Device device, Network network, ReadOnlySpan<double> weights, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Create<T>(network, weights, samples, device);

    /// <summary>By a plan of your own, with the memory that you gave it.</summary>
    /// <typeparam name="T">What the plan computes in. Results are double.</typeparam>
    /// <param name="plan">The network on its device; yours to close, after this. Whatever parameters it is given, here it computes at θ.</param>
    /// <param name="weights">θ, all n weights in the network's order.</param>
    /// <param name="samples">What the loss is a sum over.</param>
    /// <exception cref="NetworkException">There are not n weights.</exception>
    public static LossCurvature By<T>(Plan<T> plan, ReadOnlySpan<double> weights, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        return new(plan.Network, [.. weights], new Work<T>(plan, weights, samples));
    }

    /// <summary>H = ∇²L(θ), n × n, with gradient and loss; computed once. n² doubles are held.</summary>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    /// <example>
    /// <code>
    /// Matrix h = curvature.Hessian().Matrix;
    /// Npy.Write&lt;double&gt;("hessian.npy", [h.Rows, h.Columns], h.Values);
    /// </code>
    /// </example>
    public Hessian Hessian(IProgress<double>? progress = null, CancellationToken cancellation = default)
        => _hessian ??= At.Hessian(progress, cancellation);

    /// <summary>The Gauss–Newton matrix, n × n; computed whenever it is asked for.</summary>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops between two blocks of directions.</param>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    public GaussNewton GaussNewton(IProgress<double>? progress = null, CancellationToken cancellation = default) => At.GaussNewton(progress, cancellation);

    /// <summary>V ↦ H V for several directions at once, which is several times cheaper than one by one. No matrix is held.</summary>
    /// <param name="directions">[V, n]: a direction a row.</param>
    /// <param name="cancellation">Checked before each block.</param>
    /// <returns>[V, n].</returns>
    /// <exception cref="NetworkException">A direction does not have n elements.</exception>
    public Matrix Multiply(Matrix directions, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(directions);
        var products = new Matrix(directions.Rows, directions.Columns);
        At.Map.Multiply(directions, products, cancellation);
        return products;
    }

    /// <summary>v ↦ H v.</summary>
    /// <param name="direction">v, n elements.</param>
    /// <returns>H v, n elements.</returns>
    /// <exception cref="NetworkException">It does not have n elements.</exception>
    public double[] Multiply(ReadOnlySpan<double> direction) => Multiply(new Matrix(1, direction.Length, direction.ToArray())).Values;

    /// <summary>All eigenvalues of the Hessian, ascending, with their inertia; zeros that follow from the network are exactly 0.</summary>
    /// <param name="cancellation">Stops at the next panel of rows.</param>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    /// <example>
    /// <code>
    /// Spectrum spectrum = curvature.Eigenvalues();
    /// Console.WriteLine($"largest {spectrum.Maximum}, {spectrum.Inertia}, {LogDeterminant.Of(spectrum)}");
    /// </code>
    /// </example>
    public Spectrum Eigenvalues(CancellationToken cancellation = default)
        => (_spectrum ??= SolvedSpectrum.Of(
            Hessian(cancellation: cancellation).Matrix, Zeros(), At.Exactness, vectors: 0, At.Device.Threads, new Unheard(), cancellation)).Spectrum;

    /// <summary>The largest eigenvalues with their vectors, by products alone; each with the interval that an eigenvalue lies in.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="tolerance">The residual at which a pair is good enough, in units of the largest eigenvalue's magnitude.</param>
    /// <param name="cancellation">Checked before each block of products.</param>
    /// <returns>Ascending; what did not converge says so.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <example>
    /// <code>
    /// RitzPairs top = curvature.TopEigenpairs(2);
    /// Console.WriteLine($"an eigenvalue in {top.Pairs[^1].Interval}");
    /// ReadOnlySpan&lt;double&gt; sharpest = top.Vectors.Row(1);
    /// </code>
    /// </example>
    public RitzPairs TopEigenpairs(int count, double tolerance = 1e-6, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return BlockLanczos.Of(At.Map, new(count, 0, tolerance), null, At.Device.Threads, cancellation: cancellation);
    }

    /// <summary>What products tell of a network of any size: eigenpairs, trace, distribution, log det, each with an interval or a reason.</summary>
    /// <param name="options">What is asked; the usual if left out.</param>
    /// <param name="cancellation">Checked before each block of products.</param>
    /// <example>
    /// <code>
    /// MatrixFreeCurvature estimates = curvature.ByProducts(new() { Largest = 2, Smallest = 1 });
    /// Console.WriteLine($"trace {estimates.Trace}, {estimates.Inertia}");
    /// </code>
    /// </example>
    public MatrixFreeCurvature ByProducts(MatrixFreeOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new MatrixFreeOptions();
        if (options.Zeros is null)
            options = options with { Zeros = NetworkZeros.Of(Network, At.Map, Gradient, weightDecay: 0, options.Seed, cancellation).Subspace };
        return MatrixFreeCurvature.Of(At.Map, options, At.Device.Threads, listener: null, cancellation);
    }

    /// <summary>
    /// The share of a prior that lies in the basin of the quadratic model, by its logarithm with its error; the reason, where there is none. Other definitions
    /// are computed from <see cref="Hessian"/> as this one is.
    /// </summary>
    /// <param name="threshold">How far the loss may rise, or up to what.</param>
    /// <param name="prior">N(μ₀, σ²I).</param>
    /// <param name="cancellation">Stops at the next panel of rows.</param>
    /// <exception cref="NumericalException">The loss or an element is not finite.</exception>
    /// <example>
    /// <code>
    /// GaussianMeasure volume = curvature.Volume(BasinThreshold.Excess(0.05), new GaussianPrior(PriorCentre.Weights, 0.5));
    /// Console.WriteLine(volume);
    /// </code>
    /// </example>
    public GaussianMeasure Volume(BasinThreshold threshold, GaussianPrior prior, CancellationToken cancellation = default)
        => GaussianMeasure.Of(Measured(threshold, prior, cancellation).Model, threshold, prior);

    /// <summary>Parameters, loss and gradient, for a person; loss and gradient are computed if they are not yet.</summary>
    public override string ToString() => _closed && !_first.IsValueCreated
        ? $"Closed curvature of {Network.ParameterCount} parameters"
        : string.Create(
            CultureInfo.InvariantCulture, $"Loss {Loss:g6} of {Network.ParameterCount} parameters, |gradient| {Kernels.Linear.EuclideanNorm.Of(Gradient):g3}");

    /// <summary>Frees the plan, and the device unless it is yours; what was not computed before throws <see cref="ObjectDisposedException"/> then.</summary>
    public void Dispose()
    {
        _closed = true;
        _work.Dispose();
    }

    // Everything that computes asks for it here.
    private Work At => _closed
        ? throw new ObjectDisposedException(nameof(LossCurvature), "This curvature was closed, and its plan freed; make another one by LossCurvature.Of.")
        : _work.AtWeights();

    // With a plan that is closed with it, and what the plan is on.
    private static LossCurvature Create<T>(
        Network network, ReadOnlySpan<double> weights, ISamples samples, Device device, params IDisposable[] owned)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        var plan = new Plan<T>(network, device);
        try
        {
            return new(network, [.. weights], new Work<T>(plan, weights, samples, [plan, .. owned]));
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    private ImmutableArray<NullDirections> Zeros() => NetworkZeros.Of(Network, _hessian!.Matrix, _hessian.Gradient.AsSpan(), weightDecay: 0);

    // The eigenbasis is the same for all thresholds and priors.
    private MeasuredModel Measured(BasinThreshold threshold, GaussianPrior prior, CancellationToken cancellation)
    {
        Hessian hessian = Hessian(cancellation: cancellation);
        return _measured ??= MeasuredModel.Of(
            new(hessian.Loss, [.. hessian.Gradient], hessian.Matrix, [.. Weights], Zeros(), At.Exactness),
            prior, threshold, At.Device.Threads, new Unheard(), cancellation);
    }

    private sealed class Unheard : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
