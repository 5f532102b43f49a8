using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>How much directions move the network's output: Σ_s ω_s |J_s v|², J_s the Jacobian of one sample's output.</summary>
internal static class JacobianSweep
{
    /// <summary>The mean of it over the rows of <paramref name="directions"/>. For rows of random signs that estimates Σ_s ω_s ‖J_s‖²_F.</summary>
    public static double Run<T>(Plan<T> plan, ISamples samples, Matrix directions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        int capacity = plan.AllParameters.Capacity;
        double sum = 0;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Chunks.Forward(plan, samples, chunk);
            for (int first = 0; first < directions.Rows; first += capacity)
            {
                int count = Math.Min(capacity, directions.Rows - first);
                plan.AllParameters.Directions.Write(Array.ConvertAll(directions.Values[(first * n)..((first + count) * n)], T.CreateTruncating));
                plan.MultiplyDense(count);
                sum += SquaredTangents(plan);
            }
        }

        return sum / directions.Rows;
    }

    private static double SquaredTangents<T>(Plan<T> plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weights = new T[plan.Samples];
        plan.Weights.Read(weights);
        View<T> view = plan.Tangent(plan.Network.OutputValue);
        var tangents = new T[view.Length];
        view.Read(tangents);
        int outputs = plan.Network.Values[plan.Network.OutputValue].Size;
        double sum = 0;
        for (int i = 0; i < tangents.Length; i++)
        {
            double tangent = double.CreateTruncating(tangents[i]);
            sum += double.CreateTruncating(weights[i / outputs % weights.Length]) * tangent * tangent;
        }

        return sum;
    }
}
