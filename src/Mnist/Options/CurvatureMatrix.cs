namespace BasinVolume.Mnist.Options;

/// <summary>Which second derivatives of a loss are looked at.</summary>
public enum CurvatureMatrix
{
    /// <summary>The Hessian H.</summary>
    Hessian,

    /// <summary>The Gauss–Newton matrix G, what of H remains where the network counts as linear; it has no negative eigenvalue.</summary>
    GaussNewton,
}
