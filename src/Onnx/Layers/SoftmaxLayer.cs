using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Onnx.Layers;

/// <summary>Softmax along an axis, or its logarithm, which is taken only at the end.</summary>
/// <param name="Axis">Which of a sample's dimensions.</param>
/// <param name="IsLogarithm">Whether it is the logarithm.</param>
internal sealed record SoftmaxLayer(int Axis, bool IsLogarithm) : Layer
{
    public override IReadOnlyList<int> Output(IReadOnlyList<IReadOnlyList<int>> inputs) => inputs[0];

    public override void AddTo(NetworkBuilder network, string name, string[] others)
    {
        if (IsLogarithm)
            throw new NetworkException("the logarithm of a softmax is taken at the end of a network, where the loss is cross-entropy, and nowhere else");
        network.Softmax(Axis);
    }
}
