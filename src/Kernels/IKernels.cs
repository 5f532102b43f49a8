using System.Numerics;

namespace BasinVolume.Kernels;

/// <summary>
/// The kernels that every device implements, in one precision. They are what the derivative passes of a network are made of: linear maps
/// whose coefficients come from the forward pass, for a batch of directions at once.
/// </summary>
/// <remarks>
/// Contract of all kernels. Shapes are row-major, the last index runs fastest; [V, S, F] is direction, sample, feature. Views may be longer than
/// needed, never shorter. Inputs and outputs must not overlap unless a kernel says that they may be the same view. Sizes of 0 are allowed and do nothing.
/// A batch with stride 0 is shared by all entries; outputs are never shared. "Accumulate" adds to the output, otherwise it is overwritten and may hold anything
/// before, NaN included.
/// Each output element is computed by one thread in an order that depends on the sizes alone: the same input gives the same bits on a device for any number of
/// threads, and entry v of a batch the same bits as a batch of one. Devices differ from each other by rounding only.
/// NaN and infinity travel as in IEEE arithmetic.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public interface IKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// c_v = a_v b_v for v &lt; <paramref name="entries"/>; each sum over k runs in stretches of ascending k, the stretches in ascending order;
    /// their length depends on the device alone.
    /// </summary>
    /// <param name="entries">Entries of the batch.</param>
    /// <param name="a">M × K.</param>
    /// <param name="b">K × N.</param>
    /// <param name="c">M × N, not shared, no two elements in one place.</param>
    /// <param name="accumulate">Whether the product is added to c.</param>
    void MatrixProduct(int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate);

    /// <summary>
    /// g_p = Xᵀ diag(w_p) X: g_p[i, j] = Σ_s (w[s, p] · x[s, i]) · x[s, j], for i ≤ j; elements below the diagonal may hold anything afterwards.
    /// A subnormal product w · x may count as 0.
    /// Each sum runs in stretches of ascending s, the stretches in ascending order; their length depends on the device alone.
    /// </summary>
    /// <param name="features">F.</param>
    /// <param name="weights">w, S × P: one column for each result.</param>
    /// <param name="x">X, [S, F].</param>
    /// <param name="grams">[P, F, F].</param>
    void WeightedGram(int features, in MatrixBatch<T> weights, View<T> x, View<T> grams);

    /// <summary>
    /// y[v,s,o,i,j] = Σ_{c,p,q} w_v[o,c,p,q] x_v[s, g + c, i·stride + p·dilation − padding, j·stride + q·dilation − padding], pixels outside counting as 0,
    /// with each direction's own stride, dilation and padding, and g the first input channel of o's group.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="samples">S, images of each entry.</param>
    /// <param name="shape">Sizes of image and kernel.</param>
    /// <param name="x">[S, input size] for each entry.</param>
    /// <param name="w">[weight size] for each entry.</param>
    /// <param name="y">[V, S, output size].</param>
    /// <param name="accumulate">Whether the result is added to y.</param>
    void Convolve(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate);

    /// <summary>
    /// y_v = w_v ∗ x_v + w′_v ∗ x′_v, two of <see cref="Convolve"/> added: the tangent of a convolution, which is bilinear.
    /// It may be rounded once less than one after the other.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="samples">S, images of each entry.</param>
    /// <param name="shape">Sizes of image and kernel.</param>
    /// <param name="one">x and w.</param>
    /// <param name="other">x′ and w′.</param>
    /// <param name="y">[V, S, output size], set.</param>
    void ConvolveTwo(int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> y);

    /// <summary>The transpose of <see cref="Convolve"/> in x: x̄[v,s,·] = Σ over all outputs that use the pixel of w_v ȳ_v.</summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="samples">S, images of each entry.</param>
    /// <param name="shape">Sizes of image and kernel.</param>
    /// <param name="yAdjoint">[S, output size] for each entry.</param>
    /// <param name="w">[weight size] for each entry.</param>
    /// <param name="xAdjoint">[V, S, input size].</param>
    /// <param name="accumulate">Whether the result is added to x̄.</param>
    void ConvolveInputAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate);

    /// <summary>
    /// x̄_v = w_v ∗ᵀ ȳ_v + w′_v ∗ᵀ ȳ′_v, two of <see cref="ConvolveInputAdjoint"/> added: the tangent of an adjoint. It may be rounded once less, too.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="samples">S, images of each entry.</param>
    /// <param name="shape">Sizes of image and kernel.</param>
    /// <param name="one">ȳ and w.</param>
    /// <param name="other">ȳ′ and w′.</param>
    /// <param name="xAdjoint">[V, S, input size].</param>
    /// <param name="accumulate">Whether the result is added to x̄.</param>
    void ConvolveTwoInputAdjoints(
        int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> xAdjoint, bool accumulate);

    /// <summary>
    /// The transpose of <see cref="Convolve"/> in w: w̄_v[o,c,p,q] = Σ_{s,i,j} ȳ_v[s,o,i,j] x_v[s, g + c, …]. A pixel that is no finite number may make any
    /// element of w̄ NaN, also one that does not meet it.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="samples">S, images of each entry.</param>
    /// <param name="shape">Sizes of image and kernel.</param>
    /// <param name="x">[S, input size] for each entry.</param>
    /// <param name="yAdjoint">[S, output size] for each entry.</param>
    /// <param name="wAdjoint">[weight size] for each entry, not shared.</param>
    /// <param name="accumulate">Whether the result is added to w̄.</param>
    void ConvolveWeightAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, Batch<T> wAdjoint, bool accumulate);

    /// <summary>y[v, r, c, i] += b_v[c] for every r &lt; <paramref name="rows"/> and i &lt; <paramref name="inner"/>: a bias, or its tangent.</summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="rows">Rows (samples) of each entry.</param>
    /// <param name="channels">Elements of b.</param>
    /// <param name="inner">Elements (pixels) that share one element of b.</param>
    /// <param name="b">[channels] for each entry.</param>
    /// <param name="y">[V, rows, channels, inner].</param>
    void AddBias(int entries, int rows, int channels, int inner, Batch<T> b, View<T> y);

    /// <summary>The transpose of <see cref="AddBias"/>: b̄_v[c] = Σ_{r,i} y_v[r, c, i].</summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="rows">Rows (samples) of each entry.</param>
    /// <param name="channels">Elements of b̄.</param>
    /// <param name="inner">Elements (pixels) that share one element of b̄.</param>
    /// <param name="y">[rows, channels, inner] for each entry.</param>
    /// <param name="bAdjoint">[channels] for each entry, not shared.</param>
    /// <param name="accumulate">Whether the result is added to b̄.</param>
    void SumToBias(int entries, int rows, int channels, int inner, Batch<T> y, Batch<T> bAdjoint, bool accumulate);

    /// <summary>y[i] = f(x[i]) and y′[i] = f′(x[i]), in one pass over memory; y may be x.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="x">[length].</param>
    /// <param name="y">[length].</param>
    /// <param name="derivative">y′, [length].</param>
    /// <typeparam name="TFunction">The function f.</typeparam>
    void Apply<TFunction>(int length, View<T> x, View<T> y, View<T> derivative)
        where TFunction : struct, IPointwise;

    /// <summary>y[i] = f″(x[i]); y may be x.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="x">[length].</param>
    /// <param name="y">[length].</param>
    /// <typeparam name="TFunction">The function f.</typeparam>
    void ApplySecondDerivative<TFunction>(int length, View<T> x, View<T> y)
        where TFunction : struct, IPointwise;

    /// <summary>
    /// y[v, i] = a_v[i] · x_v[i] for i &lt; <paramref name="length"/>: a saved mask or derivative applied to every direction.
    /// Without accumulation y may be x's or a's data.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="length">Elements of each entry.</param>
    /// <param name="a">[length] for each entry.</param>
    /// <param name="x">[length] for each entry.</param>
    /// <param name="y">[V, length].</param>
    /// <param name="accumulate">Whether the product is added to y.</param>
    void Multiply(int entries, int length, Batch<T> a, Batch<T> x, View<T> y, bool accumulate);

    /// <summary>
    /// The largest element of each window, and which it is. Ties go to the first in row-major order; a NaN wins over everything.
    /// The index is counted inside the plane (row · width + column).
    /// </summary>
    /// <param name="samples">S, images.</param>
    /// <param name="shape">Sizes of image and window.</param>
    /// <param name="x">[S, channels, input plane].</param>
    /// <param name="y">[S, channels, output plane].</param>
    /// <param name="winners">[S, channels, output plane], the index of each winner.</param>
    void MaxPool(int samples, in PoolingShape shape, View<T> x, View<T> y, View<int> winners);

    /// <summary>y[v, r, o] = x_v[r, index[v, r, o]]; an index below 0 gives 0.</summary>
    /// <param name="shape">Sizes, and which entries and rows share indices.</param>
    /// <param name="index">Indices, each below <see cref="GatherShape.Source"/>.</param>
    /// <param name="x">[rows, source] for each entry.</param>
    /// <param name="y">[entries, rows, gathered].</param>
    void Gather(in GatherShape shape, View<int> index, Batch<T> x, View<T> y);

    /// <summary>
    /// The transpose of <see cref="Gather"/>: x̄[v, r, index[v, r, o]] += ȳ_v[r, o], the sums in ascending o; an index below 0 adds nothing.
    /// Without accumulation x̄ is 0 where nothing is added.
    /// </summary>
    /// <param name="shape">Sizes, and which entries and rows share indices.</param>
    /// <param name="index">Indices, each below <see cref="GatherShape.Source"/>.</param>
    /// <param name="yAdjoint">[rows, gathered] for each entry.</param>
    /// <param name="xAdjoint">[entries, rows, source].</param>
    /// <param name="accumulate">Whether x̄ keeps what it held.</param>
    void ScatterAdd(in GatherShape shape, View<int> index, Batch<T> yAdjoint, View<T> xAdjoint, bool accumulate);

    /// <summary>
    /// Log-softmax with negative log-likelihood: losses[s] = log Σ_c exp o[s,c] − o[s,label], and p = softmax(o).
    /// With m the largest logit's class and q = Σ_{c≠m} exp(o_c − o_m) the sum of the others,
    /// <code>
    /// loss = ln(1 + q) + (o_m − o_label)        p_c = exp(o_c − o_m) / (1 + q)
    /// </code>
    /// so that no exponential overflows, and loss and probabilities are right to a few units in their own last place however far the logits lie apart, until
    /// they underflow.
    /// </summary>
    /// <param name="samples">S.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="logits">o, [S, C].</param>
    /// <param name="labels">[S], each in 0 … C − 1 (checked before data reaches a device).</param>
    /// <param name="losses">[S].</param>
    /// <param name="probabilities">p, [S, C].</param>
    void SoftmaxLoss(int samples, int classes, View<T> logits, View<int> labels, View<T> losses, View<T> probabilities);

    /// <summary>
    /// The gradient of Σ_s weight_s · loss_s in the logits: ō[s,c] = weight_s (p[s,c] − [c = label_s]).
    /// At the label it is −weight_s times the sum of the other probabilities: 1 − p would have no digits where p is near 1.
    /// </summary>
    /// <param name="samples">S.</param>
    /// <param name="classes">C.</param>
    /// <param name="probabilities">p, [S, C].</param>
    /// <param name="labels">[S].</param>
    /// <param name="weights">[S].</param>
    /// <param name="logitsAdjoint">ō, [S, C].</param>
    void SoftmaxLossAdjoint(int samples, int classes, View<T> probabilities, View<int> labels, View<T> weights, View<T> logitsAdjoint);

    /// <summary>
    /// The second derivative of the same, applied: y[v,s,·] = weight_s K_s x[v,s,·] with K = diag p − p pᵀ.
    /// (K x)_c = p_c Σ_j p_j (x_c − x_j) does not change when one number is taken off every x, so with any r
    /// <code>
    /// K x = p ⊙ (w − ⟨p, w⟩)        w = x − r
    /// </code>
    /// and r is x_m where a class m has more than half of p, else ⟨p, x⟩. In the first case w_m = 0 and p_m, whose distance from 1 is rounded away, multiplies
    /// nothing but zero; in the second no 1 − p is small.
    /// So each (K x)_c is right to a few units of p_c Σ_j p_j |x_c − x_j|, and each element of K to a few units of its own. What is subnormal may come as 0.
    /// y may be x.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="samples">S.</param>
    /// <param name="classes">C.</param>
    /// <param name="probabilities">p, [S, C].</param>
    /// <param name="weights">[S].</param>
    /// <param name="x">[V, S, C].</param>
    /// <param name="y">[V, S, C].</param>
    void SoftmaxCurvature(int entries, int samples, int classes, View<T> probabilities, View<T> weights, View<T> x, View<T> y);

    /// <summary>
    /// y = softmax(x) of each row: with m the largest element, y_c = exp(x_c − x_m) / (1 + Σ_{i≠m} exp(x_i − x_m)), right to a few units of itself.
    /// −∞ gives exactly 0; a row of nothing but −∞, or with +∞ or NaN in it, gives NaN.
    /// </summary>
    /// <param name="rows">R.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <param name="x">[R, C].</param>
    /// <param name="y">[R, C].</param>
    void Softmax(int rows, int classes, View<T> x, View<T> y);

    /// <summary>
    /// The derivative of a softmax's Jacobian K = diag p − p pᵀ along directions, applied to an adjoint, is added: with u = x − ⟨p, x⟩ and c = ȳ − ⟨p, ȳ⟩,
    /// <code>
    /// ṗ = p ⊙ u        (K ȳ)˙ = ṗ ⊙ c − p ⟨ṗ, ȳ⟩ = p ⊙ (u ⊙ c − ⟨p, u ⊙ c⟩)
    /// </code>
    /// since ⟨ṗ, 1⟩ = 0. Means are taken of what lies above the element of a class with more than half of p, if there is one, as in
    /// <see cref="SoftmaxCurvature"/>.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="rows">R.</param>
    /// <param name="classes">C.</param>
    /// <param name="probabilities">p, [R, C].</param>
    /// <param name="adjoint">ȳ, [R, C].</param>
    /// <param name="x">[V, R, C].</param>
    /// <param name="y">[V, R, C], added to.</param>
    void AddSoftmaxSecondDerivative(int entries, int rows, int classes, View<T> probabilities, View<T> adjoint, View<T> x, View<T> y);

    /// <summary>
    /// Each row is moved and scaled to mean 0 and variance 1: y = s (x − μ) with s = 1/√(σ² + ε), μ the mean of the row and σ² the mean of (x − μ)².
    /// </summary>
    /// <param name="rows">R.</param>
    /// <param name="width">D, elements of a row.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="x">[R, D].</param>
    /// <param name="y">[R, D].</param>
    /// <param name="scales">s, [R].</param>
    void Standardise(int rows, int width, T epsilon, View<T> x, View<T> y, View<T> scales);

    /// <summary>
    /// The Jacobian of <see cref="Standardise"/> applied. ⟨ ⟩ is the mean over a row; with σ²˙ = 2 ⟨(x − μ) ẋ⟩ is ṡ = −s² ⟨y ẋ⟩, so
    /// <code>
    /// J ẋ = s (ẋ − ⟨ẋ⟩ − y ⟨y ẋ⟩)
    /// </code>
    /// which is symmetric: the same serves the adjoint. Without accumulation the result may be x.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="rows">R.</param>
    /// <param name="width">D.</param>
    /// <param name="y">[R, D], as they were computed.</param>
    /// <param name="scales">s, [R].</param>
    /// <param name="x">ẋ, or the adjoint, [V, R, D].</param>
    /// <param name="result">[V, R, D].</param>
    /// <param name="accumulate">Whether it is added.</param>
    void StandardiseDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> x, View<T> result, bool accumulate);

    /// <summary>
    /// The derivative of the Jacobian J of <see cref="Standardise"/> along directions, applied to an adjoint g, is added. With α = ⟨y ẋ⟩, β = ⟨y g⟩,
    /// a = ẋ − ⟨ẋ⟩ − α y and b = g − ⟨g⟩ − β y is ẏ = s a, ṡ = −s² α and J g = s b, so
    /// <code>
    /// (J g)˙ = ṡ b − s (ẏ β + y ⟨ẏ g⟩) = −s² (α b + β a + y ⟨a g⟩)
    /// </code>
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="rows">R.</param>
    /// <param name="width">D.</param>
    /// <param name="y">[R, D], as they were computed.</param>
    /// <param name="scales">s, [R].</param>
    /// <param name="adjoint">g, [R, D].</param>
    /// <param name="x">ẋ, [V, R, D].</param>
    /// <param name="result">[V, R, D], added to.</param>
    void AddStandardiseSecondDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> adjoint, View<T> x, View<T> result);

    /// <summary>
    /// y[r, c] = 1 where x[r] = c, else 0: a row of zeros for a number that is none of 0 … C − 1. C is at most 2²⁴, so that numbers are exact.
    /// </summary>
    /// <param name="rows">R.</param>
    /// <param name="classes">C.</param>
    /// <param name="x">[R].</param>
    /// <param name="y">[R, C].</param>
    void OneHot(int rows, int classes, View<T> x, View<T> y);

    /// <summary>y[i] += a · x[i].</summary>
    /// <param name="length">Elements.</param>
    /// <param name="a">The factor.</param>
    /// <param name="x">[length].</param>
    /// <param name="y">[length].</param>
    void Axpy(int length, T a, View<T> x, View<T> y);

    /// <summary>x[i] *= a.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="a">The factor.</param>
    /// <param name="x">[length].</param>
    void Scale(int length, T a, View<T> x);

    /// <summary>x[i] = value.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="value">What each becomes.</param>
    /// <param name="x">[length].</param>
    void Fill(int length, T value, View<T> x);

    /// <summary>
    /// y_v[i] = x_v[i], or += when accumulating, for i &lt; <paramref name="length"/>: with strides larger than the length, parts of rows that are longer.
    /// </summary>
    /// <param name="entries">V, entries of the batch.</param>
    /// <param name="length">Elements of each entry.</param>
    /// <param name="x">[length] for each entry.</param>
    /// <param name="y">[length] for each entry, not shared; what lies between the entries is left alone.</param>
    /// <param name="accumulate">Whether x is added to y.</param>
    void Copy(int entries, int length, Batch<T> x, Batch<T> y, bool accumulate);
}
