using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Data.Normalizing;
using BasinVolume.Data.Samples;
using BasinVolume.Mnist.Digits;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Training;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>What jobs tell of a model in the same way.</summary>
internal static class ModelFindings
{
    private const int MistakesShown = 32;

    extension(IFindings findings)
    {
        /// <summary>The description of a network that is none of the ready-made ones.</summary>
        public void DescriptionOf(RequestedModel model)
        {
            if (ModelCatalog.IsDescription(model.Spelling))
                findings.Description(model.Name, ModelCatalog.ReadDescription(model.Spelling));
        }

        /// <summary>How a training went.</summary>
        public void TrainingOf(string model, TrainingHistory training) => findings.Training(model, ResultRecords.Of(training));

        /// <summary>Weights, with how pixels became inputs, and what a model with them takes test images for.</summary>
        /// <typeparam name="T">What the device computes in.</typeparam>
        /// <param name="model">What the model is called.</param>
        /// <param name="plan">The network with the model's parameters set.</param>
        /// <param name="weights">Those parameters.</param>
        /// <param name="data">The images.</param>
        /// <param name="view">Who watches.</param>
        public void WeightsOf<T>(string model, Plan<T> plan, double[] weights, DataParts data, IRunView view)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            findings.Weights(model, plan.Network, weights, NormalizationMetadata.Of(data.Training.Normalization));
            if (data.Test is { Layout: { HasClasses: true, LabelsPerSample: 1 } } test)
                findings.Mistakes(model, view.During($"{model}: test {test.Layout.Noun}", _ => Mistakes.Of(plan, test, MistakesShown)));
        }
    }
}
