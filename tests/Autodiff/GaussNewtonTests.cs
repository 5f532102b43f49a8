using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests;

public sealed class GaussNewtonTests : IDisposable
{
    private readonly HostDevice _device = new(2);

    public void Dispose() => _device.Dispose();

    [Fact]
    public void The_matrix_is_the_jacobians_square_through_the_losss_curvature()
    {
        Network[] networks =
            [TestNetworks.Activations(), TestNetworks.DeepConvolution(), TestNetworks.Branches(), TestNetworks.Regression(SquaredMean.OverElements),
                TestNetworks.Sides(), TestNetworks.Normalised()];
        foreach (Network network in networks)
        {
            ArraySamples samples = ArraySamples.Random(network, 4, 1);
            double[] parameters = TestNetworks.Parameters(network, 2);
            using var plan = new Plan<double>(network, _device, new PlanBudget(3, 1 << 12));
            plan.SetParameters(parameters);
            GaussNewton gaussNewton = GaussNewton.Compute(plan, samples);
            Matrix expected = FromJacobian(network, samples, parameters);
            double largest = expected.Values.Max(Math.Abs);
            Assert.InRange(gaussNewton.Asymmetry, 0, 1e-14);
            for (int i = 0; i < expected.Values.Length; i++)
                Assert.Equal(expected.Values[i], gaussNewton.Matrix.Values[i], 1e-7 * largest); // central differences of step 1e-6
        }
    }

    [Fact]
    public void Products_are_the_matrix_times_the_direction()
    {
        Network network = TestNetworks.Branches();
        using var plan = new Plan<double>(network, _device, new PlanBudget(3, 1 << 12));
        plan.SetParameters(TestNetworks.Parameters(network, 2));
        ArraySamples samples = ArraySamples.Random(network, 5, 1);
        Matrix matrix = GaussNewton.Compute(plan, samples).Matrix;
        int n = network.ParameterCount;
        var directions = new Matrix(3, n, ArraySamples.Normals(new Random(3), 3 * n));
        Matrix products = GaussNewton.Multiply(plan, samples, directions);
        double norm = Math.Sqrt(matrix.Values.Sum(value => value * value));
        for (int v = 0; v < directions.Rows; v++)
        {
            for (int i = 0; i < n; i++)
                Assert.Equal(Enumerable.Range(0, n).Sum(j => matrix[i, j] * directions[v, j]), products[v, i], 1e-13 * norm * Math.Sqrt(n));
        }
    }

    // Hessian is not Gauss–Newton, as people report of tools that give one for the other (PyHessian#8).
    [Fact]
    public void The_hessian_differs_from_gauss_newton_where_the_residual_is_not_zero()
    {
        // f = w1 relu(3 w0), L = ½ (f − 1)² at (½, 2): f = 3, ∂f = (6, 1.5), ∂²f/∂w0∂w1 = 3, so that
        // g = 2 (6, 1.5), G = (6, 1.5)ᵀ(6, 1.5) and H = G + 2 · 3 off the diagonal.
        Network network = new NetworkBuilder(new Shape(1)).Linear("w0", 1, bias: false).Relu().Linear("w1", 1, bias: false).MeanSquaredLoss().Build();
        using var plan = new Plan<double>(network, _device);
        plan.SetParameters([0.5, 2]);
        var samples = new ArraySamples([3], [1.0], [0.5]);
        Hessian hessian = Hessian.Compute(plan, samples);
        Assert.Equal([12, 3], hessian.Gradient);
        Assert.Equal([36, 15, 15, 2.25], hessian.Matrix.Values);
        Assert.Equal([36, 9, 9, 2.25], GaussNewton.Compute(plan, samples).Matrix.Values);
    }

    // G = Σ_s ω_s Jᵀ K J, with J by central differences of the outputs and K from its formula.
    private Matrix FromJacobian(Network network, ArraySamples samples, double[] parameters)
    {
        const double Step = 1e-6;
        int n = parameters.Length, outputs = network.Values[network.OutputValue].Size;
        using var plan = new Plan<double>(network, _device, new PlanBudget(samples.Count, 0));
        double[] centre = OutputsAt(parameters);
        var jacobian = new double[n][];
        for (int i = 0; i < n; i++)
        {
            double[] moved = [.. parameters];
            moved[i] += Step;
            double[] plus = OutputsAt(moved);
            moved[i] -= 2 * Step;
            jacobian[i] = [.. plus.Zip(OutputsAt(moved), (p, m) => (p - m) / (2 * Step))];
        }

        var inputs = new double[samples.Count * network.Input.Size];
        var weights = new double[samples.Count];
        samples.Read(0, inputs, new int[network.Loss.TakesLabels ? samples.Count : 0], new double[samples.Count * network.Loss.TargetLength], weights);
        var matrix = new Matrix(n, n);
        for (int s = 0; s < samples.Count; s++)
        {
            double[,] curvature = CurvatureOf(network.Loss, centre.AsSpan(s * outputs, outputs));
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    for (int a = 0; a < outputs; a++)
                    {
                        for (int b = 0; b < outputs; b++)
                            matrix[i, j] += weights[s] * jacobian[i][(s * outputs) + a] * curvature[a, b] * jacobian[j][(s * outputs) + b];
                    }
                }
            }
        }

        return matrix;

        double[] OutputsAt(double[] at)
        {
            plan.SetParameters(at);
            plan.Load(samples, 0, samples.Count);
            plan.Forward();
            var values = new double[samples.Count * outputs];
            plan.Value(network.OutputValue).Read(values);
            return values;
        }
    }

    private static double[,] CurvatureOf(Loss loss, ReadOnlySpan<double> output)
    {
        var curvature = new double[output.Length, output.Length];
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double value in output)
            largest = Math.Max(largest, value);
        foreach (double value in output)
            sum += Math.Exp(value - largest);
        for (int a = 0; a < output.Length; a++)
        {
            double p = Math.Exp(output[a] - largest) / sum;
            for (int b = 0; b < output.Length; b++)
            {
                curvature[a, b] = loss switch
                {
                    SoftmaxLoss => (a == b ? p : 0) - (p * Math.Exp(output[b] - largest) / sum),
                    BinaryCrossEntropyLoss => a == b ? 1 / ((2 + Math.Exp(output[a]) + Math.Exp(-output[a])) * output.Length) : 0,
                    _ => a == b ? 2.0 / output.Length : 0,
                };
            }
        }

        return curvature;
    }
}
