using System.Collections.Immutable;
using System.Numerics;

namespace BasinVolume.Autodiff.Networks;

/// <summary>
/// A differentiable step of a network: a record of its sizes with four passes. x and w are inputs and parameters, a bar marks an adjoint (gradient of the
/// loss), a dot a tangent (derivative along a direction):
/// <code>
/// forward          y   = f(x, w)
/// adjoint          x̄  += (D_x f)ᵀ ȳ ;  w̄ = (D_w f)ᵀ ȳ
/// tangent          ẏ   = D_x f ẋ + D_w f ẇ                                     for V directions at once
/// tangent-adjoint  x̄˙ += (D_x f)ᵀ ȳ˙ + [D of (D_x f)ᵀ along (ẋ, ẇ)] ȳ ;  w̄˙ likewise
/// </code>
/// The tangent-adjoint at the parameters, summed over samples, is the Hessian times the direction (forward-over-reverse).
/// </summary>
public abstract record Operator
{
    /// <summary>What the operator is, for messages: "Linear fc2".</summary>
    public abstract string Description { get; }

    /// <summary>The shapes of one sample's inputs.</summary>
    public abstract IReadOnlyList<Shape> Inputs { get; }

    /// <summary>The shape of one sample's output.</summary>
    public abstract Shape Output { get; }

    /// <summary>The parameter tensors, in PyTorch's order.</summary>
    public virtual IReadOnlyList<ParameterTensor> Parameters => [];

    /// <summary>Numbers that the passes read and that neither parameters nor samples change; a plan keeps them on its device.</summary>
    public virtual ImmutableArray<double> Constants => [];

    /// <summary>The constants that a checkpoint holds by name, as PyTorch's buffers.</summary>
    public virtual IReadOnlyList<BufferTensor> Buffers => [];

    /// <summary>The same operator with other numbers in its buffers.</summary>
    /// <param name="values">The elements of each of <see cref="Buffers"/>.</param>
    public virtual Operator WithBuffers(IReadOnlyList<ImmutableArray<double>> values) => this;

    /// <summary>Elements per sample that the first two passes leave for the others.</summary>
    public virtual long SavedLength => 0;

    /// <summary>Indices per sample that the forward pass leaves for the others.</summary>
    public virtual long SavedIndices => 0;

    /// <summary>Indices that all samples share and that never change; a plan puts them on its device once.</summary>
    public virtual ImmutableArray<int> FixedIndices => [];

    /// <summary>
    /// How many tokens the input's elements name, each a whole number from 0 on; 0 for an operator whose input is not tokens. It must be the network's input,
    /// so that tokens are checked when samples are read.
    /// </summary>
    public virtual int TokenCount => 0;

    /// <summary>Whether y is piecewise linear in x at fixed w, so that no second derivative of y in x is anything but 0.</summary>
    public virtual bool IsPiecewiseLinear => false;

    /// <summary>Whether the derivative of y in x jumps somewhere: where a relu or a max-pool changes sides.</summary>
    public virtual bool HasEdges => false;

    /// <summary>Whether f(αx, αw) = α f(x, w) for every α > 0, w being all parameter tensors.</summary>
    public virtual bool IsPositivelyHomogeneous => false;

    /// <summary>
    /// The number of the tensor W if y = B(W, x) + the other tensors, with B linear in W and in x; null for an operator that is nothing of the kind.
    /// </summary>
    public virtual int? BilinearParameter => null;

    /// <summary>
    /// Whether an element of ẏ comes from the same element of the first input's ẋ, one of x̄ from the same of ȳ and one of x̄˙ from the same of ȳ˙, so that the
    /// first may be written over the second before other inputs have their turn, and no pass reads ẋ later on. Then ẏ and ẋ may lie in one place, x̄˙ and ȳ˙ in
    /// another, and x̄ and ȳ where no directions follow.
    /// </summary>
    public virtual bool ActsInPlace => false;

    /// <summary>y = f(x, w), and what the other passes need is saved.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="at">What the operator sees of the running plan.</param>
    public abstract void Forward<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>From ȳ to x̄ and w̄.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="at">What the operator sees of the running plan.</param>
    public abstract void Adjoint<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>From ẋ and ẇ to ẏ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="at">What the operator sees of the running plan.</param>
    public abstract void Tangent<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>From ȳ˙ (and ȳ, ẋ, ẇ) to x̄˙ and w̄˙.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="at">What the operator sees of the running plan.</param>
    public abstract void TangentAdjoint<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Whether parameter tensor number <paramref name="parameter"/> is a matrix [outputs, inputs] that multiplies the input, y = W x + …:
    /// then ∂y_c/∂W[c′, j] is x_j for c = c′ and else 0, and with the second derivative M_s of a sample's weighted loss in y the tensor's own block of the
    /// Hessian is Σ_s M_s ⊗ x_s x_sᵀ.
    /// </summary>
    /// <param name="parameter">Its number in <see cref="Parameters"/>.</param>
    public virtual bool MultipliesInput(int parameter) => false;

    /// <summary>Whether parameter tensor number <paramref name="parameter"/> is added to the output, element by element: ∂y/∂b is the identity.</summary>
    /// <param name="parameter">Its number in <see cref="Parameters"/>.</param>
    public virtual bool IsAddedToOutput(int parameter) => false;

    /// <summary>
    /// Whether y depends on parameter tensor number <paramref name="parameter"/> in such a way that the output tangent of a one-hot direction is a copy of
    /// input elements:
    /// ∂y_o/∂w_i is one input element or 0. Such a direction needs no multiplication.
    /// </summary>
    /// <param name="parameter">Its number in <see cref="Parameters"/>.</param>
    public virtual bool CopiesInput(int parameter) => false;

    /// <summary>
    /// For the one-hot direction at element <paramref name="element"/> of such a tensor: which input element each output's tangent copies, −1 for none.
    /// </summary>
    /// <param name="parameter">Number of the tensor in <see cref="Parameters"/>.</param>
    /// <param name="element">Which element of it is 1.</param>
    /// <param name="sources">One index for each output element.</param>
    public virtual void CopiedInputs(int parameter, int element, Span<int> sources)
        => throw new InvalidOperationException($"{Description} has no parameter whose one-hot tangent copies the input.");
}
