using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Basins;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Structure;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Report.Records;

namespace BasinVolume.Report.Findings;

/// <summary>
/// Whoever wants to have what a job finds, as soon as it is found: what writes files, what draws pictures. A job knows nobody else;
/// a listener takes what it needs and lets the rest pass.
/// </summary>
public interface IFindings
{
    /// <summary>All inputs are checked, and the work begins.</summary>
    void Begin()
    {
    }

    /// <summary>The training images that are used, in order.</summary>
    void Indices(int[] indices)
    {
    }

    /// <summary>The description of a network that is none of the ready-made ones.</summary>
    /// <param name="model">What the model is called.</param>
    /// <param name="ending">What the names of such files end with, a point first.</param>
    /// <param name="description">The bytes of the file.</param>
    void Description(string model, string ending, byte[] description)
    {
    }

    /// <summary>How a training went.</summary>
    void Training(string model, TrainingRecord training)
    {
    }

    /// <summary>The weights of a model.</summary>
    /// <param name="model">What the model is called.</param>
    /// <param name="network">Its network.</param>
    /// <param name="weights">All n parameters in the network's order.</param>
    /// <param name="metadata">What is to be known of them besides.</param>
    void Weights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
    {
    }

    /// <summary>The weights of a model after they were moved to a stationary point.</summary>
    void MovedWeights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
    {
    }

    /// <summary>The images that a model takes for another class.</summary>
    void Mistakes(string model, MistakenImages mistakes)
    {
    }

    /// <summary>The Hessian of a model, with its gradient.</summary>
    void Hessian(string model, Network network, Hessian hessian)
    {
    }

    /// <summary>Numbers of a part of a result, which those of other parts are to be added to.</summary>
    void Part(PartArray numbers)
    {
    }

    /// <summary>The spectrum of that Hessian.</summary>
    void Spectrum(string model, Network network, Hessian hessian, SolvedSpectrum solved)
    {
    }

    /// <summary>The spectrum of a matrix that is no model's of this job.</summary>
    /// <param name="name">What the matrix is called.</param>
    /// <param name="solved">The spectrum.</param>
    /// <param name="wanted">Which eigenvalues were asked for, by their places in ascending order.</param>
    void Spectrum(string name, SolvedSpectrum solved, Range wanted)
    {
    }

    /// <summary>The log-determinant of such a matrix against the damping.</summary>
    /// <param name="name">What the matrix is called.</param>
    /// <param name="curve">The curve.</param>
    void Damping(string name, DampingCurve curve)
    {
    }

    /// <summary>The gradient of a model whose second derivatives are known by products alone.</summary>
    void Gradient(string model, Network network, double[] gradient)
    {
    }

    /// <summary>Eigenpairs at both ends of a spectrum, as far as products found them; told again when more are found.</summary>
    void Eigenpairs(string model, RitzPairs pairs)
    {
    }

    /// <summary>Where the eigenvalues of a matrix lie that is known by its products, and the smoothed picture of it.</summary>
    void Distribution(string model, SpectralDistribution distribution, SmoothedDensity density)
    {
    }

    /// <summary>The recurrences of random directions, of which every number of a spectrum follows without another product.</summary>
    void Quadratures(string model, ProbeQuadratures quadratures)
    {
    }

    /// <summary>The recurrences of the gradient, and of the gradient that the quadratic has at 0.</summary>
    void GradientQuadratures(string model, VectorMeasure atWeights, VectorMeasure atOrigin)
    {
    }

    /// <summary>The traces of the diagonal blocks of a model's tensors.</summary>
    void TensorTraces(string model, ImmutableArray<TensorTraceRecord> traces)
    {
    }

    /// <summary>Directions in the space of all parameters.</summary>
    void Directions(ImmutableArray<Direction> directions)
    {
    }

    /// <summary>The loss along directions.</summary>
    void Lines(string model, ImmutableArray<LossLine> lines)
    {
    }

    /// <summary>The loss over a plane.</summary>
    void Plane(string model, LossPlane plane)
    {
    }

    /// <summary>The volumes of a basin.</summary>
    /// <param name="threshold">The threshold that they are up to.</param>
    /// <param name="entries">Every definition.</param>
    /// <param name="sweep">The definitions over ranges of their constants.</param>
    void Volumes(BasinThreshold threshold, ImmutableArray<VolumeEntry> entries, VolumeSweep sweep)
    {
    }
}
