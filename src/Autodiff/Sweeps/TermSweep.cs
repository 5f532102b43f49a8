using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// How large the terms are that gradient and Hessian are sums of over the samples, sample by sample:
/// with ρ and κ the sizes of the loss's derivatives in the output (<see cref="LossTerms"/>) and J_s the Jacobian of one sample's output,
/// <code>
/// Gradient = Σ ω ρ ‖J‖_F        Curvature = Σ ω κ ‖J‖²_F
/// </code>
/// What ω ρ and ω κ lose by underflow is one smallest normal number at most, so that over ε is added to both.
/// </summary>
/// <param name="Gradient">Of the gradient's terms.</param>
/// <param name="Curvature">Of the Hessian's terms.</param>
/// <param name="RecomputedGradient">
/// The same with each sample's sensitivity to its output, for comparisons with a gradient whose outputs were rounded differently.
/// </param>
/// <param name="RecomputedCurvature">Likewise of the Hessian.</param>
internal readonly record struct TermSweep(double Gradient, double Curvature, double RecomputedGradient, double RecomputedCurvature)
{
    /// <summary>Estimates them: for rows of random signs v the mean of |J_s v|² is ‖J_s‖²_F.</summary>
    public static TermSweep Run<T>(Plan<T> plan, ISamples samples, Matrix signs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        double roundoff = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        double underflow = double.CreateTruncating(T.Epsilon) / roundoff / roundoff;
        var shards = SampleShards.OfVectors(plan, samples.Count);
        double[] total = SharedSum.Over(shards.LanesOf(plan), shards, new(4), (lane, number, sum) =>
        {
            SampleRange shard = shards[number];
            var terms = default(TermSweep);
            for (int chunk = 0; chunk < Chunks.Count(lane, shard); chunk++)
            {
                Chunks.Forward(lane, samples, Chunks.Of(lane, shard, chunk));
                terms = terms.With(lane, SquaredJacobians(lane, signs), underflow);
            }

            (sum[0], sum[1], sum[2], sum[3]) = (terms.Gradient, terms.Curvature, terms.RecomputedGradient, terms.RecomputedCurvature);
        });
        return new(total[0], total[1], total[2], total[3]);
    }

    private TermSweep With<T>(Plan<T> plan, double[] squaredJacobians, double underflow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Loss loss = plan.Network.Loss;
        ReadOnlySpan<double> outputs = new HostNumbers<T>().Read(plan.Value(plan.Network.OutputValue));
        ReadOnlySpan<double> targets = new HostNumbers<T>().Read(plan.Targets), weights = new HostNumbers<T>().Read(plan.Weights);
        var labels = new int[plan.Labels.Length];
        plan.Labels.Read(labels);
        int length = outputs.Length / plan.Samples;
        TermSweep sum = this;
        for (int s = 0; s < plan.Samples; s++)
        {
            LossTerms terms = loss.Terms(
                outputs.Slice(s * length, length),
                labels.AsSpan(s * loss.LabelsPerSample, loss.LabelsPerSample),
                targets.Slice(s * loss.TargetLength, loss.TargetLength));
            double weight = Math.Abs(weights[s]), squared = squaredJacobians[s];
            double gradient = ((weight * terms.Gradient) + underflow) * Math.Sqrt(squared), curvature = ((weight * terms.Curvature) + underflow) * squared;
            sum = new(sum.Gradient + gradient, sum.Curvature + curvature, sum.RecomputedGradient + (terms.Sensitivity * gradient), sum.RecomputedCurvature + (
                terms.Sensitivity * curvature));
        }

        return sum;
    }

    // ‖J_s‖²_F of the chunk's samples.
    private static double[] SquaredJacobians<T>(Plan<T> plan, Matrix signs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = signs.Columns, capacity = plan.AllParameters.Capacity;
        var squares = new double[plan.Samples];
        for (int first = 0; first < signs.Rows; first += capacity)
        {
            int count = Math.Min(capacity, signs.Rows - first);
            plan.WriteDirections(signs.Values.AsMemory(first * n, count * n));
            plan.MultiplyDense(count);
            ReadOnlySpan<double> tangents = new HostNumbers<T>().Read(plan.Tangent(plan.Network.OutputValue));
            int length = tangents.Length / count / squares.Length;
            for (int i = 0; i < tangents.Length; i++)
                squares[i / length % squares.Length] += tangents[i] * tangents[i] / signs.Rows;
        }

        return squares;
    }
}
