using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class SoftmaxLossTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => LossCheck.Passes(device, new SoftmaxLoss(5), (o, label, _) => Cost(o, label[0]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_with_a_label_for_each_row(string device)
        => LossCheck.Passes(device, new SoftmaxLoss(5, 4), (o, labels, _) => o.Chunk(5).Zip(labels, Cost).Average());

    // 2 samples of 3 rows with 4 logits (sin i at flat index i), labels (2, 1, 2), (3, 3, 1). By PyTorch 1.13, in double:
    // l = torch.tensor([[2, 1, 2], [3, 3, 1]])
    // o = torch.arange(24.).double().sin().view(2, 3, 4); w = torch.eye(4).double().requires_grad_()
    // f = lambda w: torch.nn.functional.cross_entropy((o @ w.T).view(6, 4), l.view(6))
    // f(w), torch.autograd.grad(f(w), w), torch.autograd.functional.hessian(f, w)
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_mean_over_rows_is_PyTorchs(string device)
    {
        Network network = new NetworkBuilder(new Shape(3, 4)).Linear("w", 4, bias: false).SoftmaxLoss().Build();
        using var plan = new Plan<double>(network, TestDevices.Get(device), new PlanBudget(1, 0));
        plan.SetParameters([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
        var inputs = new Matrix(2, 12, [.. Enumerable.Range(0, 24).Select(i => Math.Sin(i))]);
        var samples = new MatrixSamples(inputs, [2, 1, 2, 3, 3, 1]);
        Hessian hessian = Hessian.Compute(plan, samples);
        Assert.Equal(1.4246381175990344, hessian.Loss, 1e-14);
        Assert.Equal(0.08652864586473062, hessian.Gradient[6], 1e-14);
        Assert.Equal(0.08198588190801455, hessian.Matrix[6, 6], 1e-14);
        Assert.Equal(-0.020262693276601566, hessian.Matrix[1, 14], 1e-14);
        Assert.Equal((2, 6), Evaluation.Compute(plan, samples) is var found ? (found.Correct, found.Total) : default);
    }

    [Fact]
    public void Another_number_of_labels_is_refused()
    {
        Network network = new NetworkBuilder(new Shape(3, 4)).Linear("w", 4).SoftmaxLoss().Build();
        using var device = new Kernels.Host.HostDevice(1);
        using var plan = new Plan<double>(network, device, new PlanBudget(1, 0));
        var samples = new MatrixSamples(new Matrix(2, 12), [0, 1]);
        Assert.Contains(
            "takes 3 label(s) for each sample, one for each row of logits, but the samples have 1",
            Assert.Throws<NetworkException>(() => Evaluation.Compute(plan, samples)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "2 samples and 3 labels", Assert.Throws<NetworkException>(() => new MatrixSamples(new Matrix(2, 12), [0, 1, 2])).Message, StringComparison.Ordinal);
    }

    private static double Cost(double[] o, int label) => Math.Log(o.Sum(Math.Exp)) - o[label];
}
