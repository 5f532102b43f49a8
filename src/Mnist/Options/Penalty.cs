namespace BasinVolume.Mnist.Options;

/// <summary>Whether the penalty ½λ|θ|² of a weight decay λ counts as a part of the loss whose Hessian, gradient and value are given.</summary>
public enum Penalty
{
    /// <summary>The loss is that of the data alone; λ is added where a formula of a volume asks for it.</summary>
    Excluded,

    /// <summary>The loss has the penalty in it: L + ½λ|θ|², g + λθ, H + λI. Formulas of volumes then add it no second time.</summary>
    Included,
}
