using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels.Threads;
using BasinVolume.Report.Records;

namespace BasinVolume.Mnist.Notebook;

/// <summary>
/// The notebook, line by line, with the numbers of a run. Volumes are those of the l2 model, the only one whose Hessian the notebook computed.
/// </summary>
public static class Audit
{
    /// <summary>The lines in order; those about training alone where there is no dense Hessian.</summary>
    /// <param name="result">The run.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="cancellation">Stops at the next panel of rows.</param>
    public static ImmutableArray<AuditRecord> Of(NotebookResult result, HostThreads threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(result);
        ModelResult l2 = result.Models.Single(model => model.Model.Name == NotebookModel.L2), plain = result.Models.Single(
            model => model.Model.Name == NotebookModel.Plain);
        if (l2.Dense is null || plain.Dense is null)
            return
            [
                TrainingAudit.Schedule(8, plain, l2),
                TrainingAudit.BatchMeans(9, result.Options, result.Indices.Length),
                TrainingAudit.Replacement(10, result.Options, result.Indices),
                TrainingAudit.Seeds(11, result.Options),
            ];
        // What takes long is computed at once: an integral by one thread, a factorisation by the team.
        Task<AuditRecord> units = Task.Run(() => VolumeAudit.Units(7, l2.Curvature), cancellation);
        var volumes = new VolumeAudit(l2, Decrement(l2, threads, cancellation));
        return
        [
            volumes.Threshold(1),
            VolumeAudit.ThresholdOfTheOther(1, plain),
            volumes.Gradient(2),
            SpectrumAudit.Signs(3, l2.Curvature),
            SpectrumAudit.Determinant(4, l2.Curvature),
            SpectrumAudit.UncheckedLogDeterminant(5, l2.Curvature),
            volumes.Constants(6),
            units.GetAwaiter().GetResult(),
            TrainingAudit.Schedule(8, plain, l2),
            TrainingAudit.BatchMeans(9, result.Options, result.Indices.Length),
            TrainingAudit.Replacement(10, result.Options, result.Indices),
            TrainingAudit.Seeds(11, result.Options),
            SpectrumAudit.Precision(12, l2.Curvature, result.Options),
            volumes.Stirling(13),
            volumes.Penalty(14),
        ];
    }

    /// <summary>√(gᵀA⁻¹g) of A = H + (λ + c)I; null if A is not positive definite.</summary>
    private static double? Decrement(ModelResult model, HostThreads threads, CancellationToken cancellation)
    {
        (Hessian hessian, double shift) = (model.Curvature.Hessian, model.Curvature.Notebook.Parameters.Shift);
        return (Cholesky.FactorShifted(hessian.Matrix, shift, threads, cancellation) as CholeskyFactor)?.InverseNorm(hessian.Gradient);
    }
}
