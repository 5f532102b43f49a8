namespace BasinVolume.Autodiff.Networks;

/// <summary>How large for one sample that is which a loss's derivatives in the network's output are sums of: what their rounding is measured against.</summary>
/// <param name="Gradient">Of ∂ℓ/∂o, as a norm.</param>
/// <param name="Curvature">Of ∂²ℓ/∂o², as a trace, and of ∂ℓ/∂o where it multiplies second derivatives of the output.</param>
/// <param name="Sensitivity">
/// How many units of relative error a derivative has for one in the output: 1 for a multiple of the output, 1 + |o| for an exponential of it.
/// </param>
public readonly record struct LossTerms(double Gradient, double Curvature, double Sensitivity);
