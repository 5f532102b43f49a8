namespace BasinVolume.Autodiff.Networks;

/// <summary>
/// A place where a node takes a tensor that belongs to a node before it. With θ the tensors that there are, each once, and T θ what the operators take, L(T θ)
/// has the gradient Tᵀ g and the Hessian Tᵀ H T: what such a place gives is added to what the tensor's own node gives.
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Number">Which of its tensors it is, counted from 0.</param>
/// <param name="Parameter">The tensor.</param>
public sealed record TiedUse(int Node, int Number, Parameter Parameter);
