using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;
using BasinVolume.Onnx;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Jobs.ExportJob;

/// <summary>The job that writes a network with its weights for other programs.</summary>
public static class ExportRun
{
    /// <summary>Does the job.</summary>
    /// <param name="request">Which model.</param>
    /// <param name="path">The ONNX file that is written.</param>
    /// <param name="precision">In which precision.</param>
    /// <param name="view">Who watches.</param>
    /// <exception cref="OptionException">The model has no weights, or no ONNX file has its operators.</exception>
    /// <exception cref="DataException">The model or its weights cannot be read.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static ExportRecord Execute(ModelRequest request, string path, Precision precision, IRunView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        (RequestedModel model, StoredWeights? stored) = RequestedModel.Open(request, layout: null).Loaded();
        if (stored is null)
            throw new OptionException($"{model.Spelling} has no weights yet; give them with --weights, a run folder or a file.");
        foreach (string note in model.Notes)
            view.Say(note);
        var options = new ExportOptions { Precision = precision == Precision.Float64 ? ExportPrecision.Float64 : ExportPrecision.Float32 };
        try
        {
            OnnxExport.Write(path, model.Network, stored.Values, options);
        }
        catch (NetworkException e)
        {
            throw new OptionException(e.Message);
        }

        string full = Path.GetFullPath(path);
        view.Say($"{model.Spelling}: {model.Network.ParameterCount} parameters {model.Described(stored, string.Empty)}");
        return new() { File = full, Sha256 = OnnxModels.Sha256(full), Parameters = model.Network.ParameterCount, Precision = ChoiceNames.Of(precision) };
    }
}
