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
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Report.Pictures;

/// <summary>Draws what a job finds into its folder: each picture is called after what it shows and the model.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="stages">Who watches.</param>
public sealed class RunPictures(RunFolder folder, IStages stages) : IFindings
{
    /// <summary>The curves of the training.</summary>
    public void Training(string model, TrainingRecord training)
        => Draw($"{model}: curves", () => TrainingPicture.Write(folder.PathOf($"training-{model}.svg"), model, training));

    /// <summary>The filters of the first convolution.</summary>
    public void Weights(string model, Network network, double[] weights, IReadOnlyDictionary<string, string> metadata)
        => Draw($"{model}: filters", () => FilterPicture.Write(folder.PathOf($"filters-{model}.png"), model, network, weights));

    /// <summary>The first mistakes.</summary>
    public void Mistakes(string model, MistakenImages mistakes)
        => Draw($"{model}: mistakes", () => MistakePicture.Write(folder.PathOf($"mistakes-{model}.png"), model, mistakes));

    /// <summary>The Hessian.</summary>
    public void Hessian(string model, Network network, Hessian hessian)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(hessian);
        Draw($"{model}: picture of the Hessian", () => HessianPicture.Write(folder.PathOf($"hessian-{model}.png"), model, hessian.Matrix, network.Parameters));
    }

    /// <summary>Density and tail of a Hessian's spectrum, eigenvectors at both ends.</summary>
    public void Spectrum(string model, Network network, Hessian hessian, SolvedSpectrum solved)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(solved);
        Spectrum spectrum = solved.Spectrum;
        Draw($"{model}: pictures of the spectrum", () =>
        {
            SpectrumPicture.Write(folder.PathOf($"spectrum-{model}.svg"), model, spectrum);
            TailPicture.Write(folder.PathOf($"tail-{model}.svg"), model, spectrum);
            EigenvectorPicture.Write(folder.PathOf($"eigenvectors-{model}.png"), model, network, solved.Pairs);
        });
    }

    /// <summary>The density of the spectrum.</summary>
    public void Spectrum(string name, SolvedSpectrum solved, Range wanted)
    {
        ArgumentNullException.ThrowIfNull(solved);
        Draw("Picture", () => SpectrumPicture.Write(folder.PathOf("spectrum.png"), name, solved.Spectrum));
    }

    /// <summary>The log-determinant against the damping.</summary>
    public void Damping(string name, DampingCurve curve)
        => Draw("Picture of the damping", () => DampingPicture.Write(folder.PathOf("damping.svg"), name, curve));

    /// <summary>The eigenvalues at both ends with their intervals.</summary>
    public void Eigenpairs(string model, RitzPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (!pairs.Pairs.IsEmpty)
            Draw($"{model}: picture of the eigenpairs", () => EigenpairPicture.Write(folder.PathOf($"eigenpairs-{model}.svg"), model, pairs));
    }

    /// <summary>Where the eigenvalues lie.</summary>
    public void Distribution(string model, SpectralDistribution distribution, SmoothedDensity density)
        => Draw($"{model}: picture of the distribution", () => DensityPicture.Write(folder.PathOf($"density-{model}.png"), model, distribution, density));

    /// <summary>What each tensor has of the trace.</summary>
    public void TensorTraces(string model, ImmutableArray<TensorTraceRecord> traces)
    {
        if (traces.Any(trace => trace.Trace is not null))
            Draw($"{model}: picture of the tensors' traces", () => SharePicture.Write(folder.PathOf($"shares-{model}.svg"), model, traces));
    }

    /// <summary>A picture for each direction.</summary>
    public void Lines(string model, ImmutableArray<LossLine> lines) => Draw("Pictures", () =>
    {
        foreach (LossLine line in lines)
            LinePicture.Write(folder.PathOf($"line-{model}-{line.Direction.Name}.svg"), model, line);
    });

    /// <summary>The plane.</summary>
    public void Plane(string model, LossPlane plane)
        => Draw("Picture of the plane", () => PlanePicture.Write(folder.PathOf($"plane-{model}.png"), model, plane));

    /// <summary>The definitions over their constants.</summary>
    public void Volumes(BasinThreshold threshold, ImmutableArray<VolumeEntry> entries, VolumeSweep sweep)
        => Draw("Picture", () => VolumePicture.Write(folder.PathOf("volume.png"), threshold, entries, sweep));

    private void Draw(string name, Action draw) => stages.During(name, _ =>
    {
        draw();
        return true;
    });
}
