namespace BasinVolume.Kernels;

/// <summary>
/// One exact identity that was checked in rounded arithmetic: how far it is from holding, and how far rounding alone can take it.
/// Or an identity that says nothing about the case at hand, and why.
/// </summary>
/// <param name="Name">Short and stable, for tables and files: "softmax-shift-hessian".</param>
/// <param name="Statement">What must hold, as a formula.</param>
/// <param name="Reason">Why it must hold here, or why it does not apply.</param>
/// <param name="Residual">How far it is from holding; null when it does not apply.</param>
/// <param name="Bound">What rounding alone can make of the residual, in the same units; null when it does not apply.</param>
/// <param name="BoundFormula">How the bound was made; empty when the identity does not apply.</param>
public sealed record IdentityCheck(string Name, string Statement, string Reason, double? Residual, double? Bound, string BoundFormula)
{
    /// <summary>Whether it says anything about the case at hand.</summary>
    public bool Applies => Residual is not null;

    /// <summary>Whether nothing is wrong: the residual is within its bound (a NaN is not), or the identity does not apply.</summary>
    public bool Passed => !Applies || Residual <= Bound;

    /// <summary>
    /// Residual / bound: at most 1 when the identity holds, 0 when it holds exactly or does not apply, infinite when it is broken beyond measure.
    /// </summary>
    public double Share => Residual is null or 0 ? 0 : double.IsFinite(Residual.Value) && Bound > 0 ? Residual.Value / Bound.Value : double.PositiveInfinity;

    /// <summary>An identity that says nothing here.</summary>
    /// <param name="name">Short and stable.</param>
    /// <param name="statement">What would have to hold, as a formula.</param>
    /// <param name="reason">Why it does not apply.</param>
    public static IdentityCheck NotApplicable(string name, string statement, string reason) => new(name, statement, reason, null, null, string.Empty);

    /// <summary>The one that is furthest from holding, of checks of the same identity in several places.</summary>
    /// <param name="checks">At least one.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static IdentityCheck Worst(IEnumerable<IdentityCheck> checks)
        => checks.MaxBy(check => check.Share) ?? throw new InvalidOperationException("There are no checks to choose from.");
}
