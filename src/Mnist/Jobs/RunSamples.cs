using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Data;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>The samples that the loss of a run's model is a sum over.</summary>
internal static class RunSamples
{
    // The loss that was saved and that of the same data differ by rounding alone; another data set is far beyond.
    private const double SameLoss = 1e-4;

    /// <summary>Reads them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="network">Its network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="request">Where the samples are.</param>
    /// <param name="ranks">The processes that compute with them together; all of them read the same.</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="ExplainedException">The samples are missing, damaged, or do not fit the network or the run's indices.</exception>
    public static DatasetSamples Read(RunModel model, Network network, double[] weights, DataRequest request, IRanks ranks, IRunView view)
    {
        DataSource source = view.During("Opening the data", _ => DataFiles.Open(request));
        ModelFit.Check(network, source.Layout);
        int[] indices = Subset.Read(model.IndicesFile, source.TrainingCount);
        DataParts data = view.During($"Reading {source.Layout.Noun}", _ => source.LoadTraining(indices));
        Agreement.Demand(ranks, () => JobFingerprint.OfInputs(network, weights, data, indices));
        return new(data.Training.With(model.Normalization), indices, SampleWeights.Of(model.Weighting, indices.Length, model.BatchSize));
    }

    /// <summary>Checks that they give the loss that the run has.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">The loss on these samples, with the run's penalty.</param>
    /// <param name="weights">The run's weights.</param>
    /// <param name="dataPath">Where the samples came from, for errors.</param>
    /// <param name="advice">What to do if they are others.</param>
    /// <param name="cancellation">Stops at the next chunk.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="DataException">They do not.</exception>
    public static double CheckLoss(RunModel model, ILossAtWeights loss, double[] weights, string dataPath, string advice, CancellationToken cancellation)
    {
        var found = new double[1];
        loss.Evaluate(weights, found, cancellation);
        if (!(Math.Abs(found[0] - model.Loss) <= SameLoss * Math.Abs(model.Loss)))
            throw new DataException(FormattableString.Invariant(
                $"The loss of {model.Name} on the data of {dataPath} is {found[0]} where the run in {model.Folder} has {model.Loss}; {advice}."));
        return found[0];
    }
}
