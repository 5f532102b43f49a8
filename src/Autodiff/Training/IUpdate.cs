using System.Numerics;

namespace BasinVolume.Autodiff.Training;

/// <summary>What an optimizer does to a vector of parameters, element by element.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The parameters after a step.</summary>
    /// <param name="weight">θ.</param>
    /// <param name="slope">g, with the penalty's part.</param>
    /// <param name="first">What the optimizer keeps of each parameter; 0 before the first step.</param>
    /// <param name="second">What it keeps besides.</param>
    Vector<T> Next(Vector<T> weight, Vector<T> slope, ref Vector<T> first, ref Vector<T> second);
}
