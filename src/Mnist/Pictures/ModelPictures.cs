using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Interop;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Predictions;
using BasinVolume.Mnist.Results;
using BasinVolume.Mnist.Training;

namespace BasinVolume.Mnist.Pictures;

/// <summary>Which pictures a run leaves of a model: each called after what it shows and the model.</summary>
public static class ModelPictures
{
    private const int MistakesShown = 32;

    /// <summary>What a training leads to: its curves, the filters, the first mistakes on the test images.</summary>
    /// <typeparam name="T">What the device computes in.</typeparam>
    /// <param name="folder">Where they go.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="plan">The network with the model's parameters set.</param>
    /// <param name="weights">Those parameters.</param>
    /// <param name="training">How the training went; null for weights that were trained elsewhere.</param>
    /// <param name="test">The test images.</param>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void WriteModel<T>(RunFolder folder, string name, Plan<T> plan, double[] weights, TrainingHistory? training, Dataset test)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(plan);
        if (training is not null)
            TrainingPicture.Write(folder.PathOf($"training-{name}.svg"), name, training);
        FilterPicture.Write(folder.PathOf($"filters-{name}.png"), name, plan.Network, weights);
        MistakePicture.Write(folder.PathOf($"mistakes-{name}.png"), name, test, Mistakes.Of(plan, test, MistakesShown));
    }

    /// <summary>What its curvature is: Hessian, density and tail of the spectrum, eigenvectors at both ends.</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="network">Its network.</param>
    /// <param name="hessian">Its Hessian.</param>
    /// <param name="solved">The spectrum of that.</param>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void WriteCurvature(RunFolder folder, string name, Network network, Hessian hessian, SolvedSpectrum solved)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(solved);
        HessianPicture.Write(folder.PathOf($"hessian-{name}.png"), name, hessian.Matrix, network.Parameters);
        Spectrum spectrum = solved.Spectrum;
        SpectrumPicture.Write(folder.PathOf($"spectrum-{name}.svg"), name, spectrum);
        TailPicture.Write(folder.PathOf($"tail-{name}.svg"), name, spectrum);
        EigenvectorPicture.Write(folder.PathOf($"eigenvectors-{name}.png"), name, network, solved.Pairs);
    }
}
