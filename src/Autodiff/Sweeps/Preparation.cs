using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// What is done with a chunk before directions go through it; gives the chunk's share of the loss. With an adjoint pass the directions are multiplied by the Hessian, without one by
/// the Gauss–Newton matrix.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal delegate double Preparation<T>(Plan<T> plan, ISamples samples, int chunk)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
