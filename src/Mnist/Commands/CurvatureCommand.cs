using System.CommandLine;
using BasinVolume.Mnist.Jobs.HessianJob;
using BasinVolume.Mnist.Jobs.MatrixFreeJob;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>curvature: what products with directions tell of second derivatives, of networks of any size.</summary>
internal sealed class CurvatureCommand
{
    private readonly HessianCommand _model = new();
    private readonly MatrixFreeOptionSet _products = new();

    /// <summary>Adds the options and the action to a command.</summary>
    public void AddTo(Command command)
    {
        _model.AddArgumentTo(command);
        _products.AddTo(command);
        _model.AddOptionsTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(
            Execute(parsed, _model.Read(parsed, "curvature"), _products.Read(parsed), cancellation)));
    }

    private static int Execute(ParseResult parsed, HessianOptions options, MatrixFreeRequest request, CancellationToken cancellation)
    {
        request.Check();
        return ModelJob.Run(parsed, options, RunKind.Curvature, run =>
        {
            HessianResult result = HessianCommand.Compute(
                run,
                "curvature",
                _ => HessianRun.ByProducts(options with { Checkpoint = run.Checkpoint }, request, run.Device, run.Findings, run.View, cancellation));
            return HessianCommand.OutcomeOf(result);
        });
    }
}
