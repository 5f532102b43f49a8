using System.Numerics;
using BasinVolume.Autodiff.Identities;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests.Identities;

/// <summary>A network at a point, from which derivatives are collected as they are or after something was made wrong.</summary>
internal sealed class Point<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly T[] _parameters;

    public Point(Network network, Device device, int samples = 9, int seed = 1, double[]? parameters = null)
        : this(network, device, ArraySamples.Random(network, samples, seed), parameters ?? TestNetworks.Parameters(network, seed + 1))
    {
    }

    public Point(Network network, Device device, ArraySamples samples, double[] parameters)
    {
        // Chunks of 4: several, the last one ragged.
        _plan = new Plan<T>(network, device, new PlanBudget(4, 1 << 16));
        _parameters = Array.ConvertAll(parameters, T.CreateTruncating);
        _plan.SetParameters(_parameters);
        Samples = samples;
    }

    public ArraySamples Samples { get; }

    public Network Network => _plan.Network;

    public void Dispose() => _plan.Dispose();

    public Derivatives ByProducts() => Derivatives.Of<T>(_plan, Samples, _parameters);

    public Derivatives ByMatrix() => ByMatrix(hessian => hessian);

    public Derivatives ByMatrix(Func<Hessian, Hessian> change) => Derivatives.Of<T>(_plan, Samples, _parameters, change(Hessian.Compute(_plan, Samples)));

    public static IdentityCheck[] Check(Derivatives at) => [.. NetworkIdentities.All.SelectMany(identity => identity.Check(at))];
}
