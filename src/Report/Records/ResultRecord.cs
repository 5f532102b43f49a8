using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>
/// <c>result.json</c>, and <c>curvature.json</c> of <c>curvature</c>: what a job found whose folder holds models (<c>notebook</c>, <c>hessian</c>,
/// <c>train</c>, <c>curvature</c>), and what it was asked.
/// </summary>
public sealed record ResultRecord : IRunRecord
{
    /// <summary>1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary><c>notebook</c>, <c>hessian</c>, <c>curvature</c> or <c>train</c></summary>
    public string? Command { get; init; }

    /// <summary>The command that asks for the same again, without the folder for the results; options from a settings file are in it.</summary>
    public string? CommandLine { get; init; }

    /// <summary>From the first file read to the last volume.</summary>
    public double? Seconds { get; init; }

    /// <summary><c>float32</c> or <c>float64</c>: what the device computed in. Eigenvalues, determinants and volumes are always float64.</summary>
    public string? Precision { get; init; }

    /// <summary>Where it was computed.</summary>
    public DeviceRecord? Device { get; init; }

    /// <summary>What computed it.</summary>
    public VersionsRecord? Versions { get; init; }

    /// <summary>The numbers that were asked for.</summary>
    public OptionsRecord? Options { get; init; }

    /// <summary>The data.</summary>
    public DataRecord? Data { get; init; }

    /// <summary>
    /// <c>plain</c> and <c>l2</c>; for <c>hessian</c>, <c>curvature</c> and <c>train</c> one, named after the checkpoint or the network.
    /// Those of <c>train</c> end with <c>evaluation</c>
    /// </summary>
    public ImmutableArray<ModelRecord>? Models { get; init => field = Elements.Known(value); }

    /// <summary>The notebook, line by line; null for all other jobs, and where a run was asked for something else than the notebook computed</summary>
    public ImmutableArray<AuditRecord>? Audit { get; init => field = Elements.Known(value); }

    /// <summary>
    /// What the run wrote. The result itself, its log and <c>report.html</c> are not among them. <c>--force</c> removes these and nothing else;
    /// the page shows pictures of these and no others, each only while it is as it was written
    /// </summary>
    public ImmutableArray<WrittenFile>? Files { get; init => field = Elements.Known(value); }

    /// <inheritdoc/>
    public IRunRecord With(ImmutableArray<WrittenFile> files) => this with { Files = files };

    /// <inheritdoc/>
    public IEnumerable<string> Hessians()
    {
        foreach (ModelRecord model in Models ?? [])
        {
            if (model.Hessian?.Sha256 is { } matrix)
                yield return matrix;
            if (PointOf(model) is { } point)
                yield return point;
            // A training has no Hessian, and what was computed at its weights belongs to it.
            if ((model.Hessian is null || model.Curvature is not null) && ModelPoint.WeightsOf(this, model) is { } weights)
                yield return weights;
        }
    }

    /// <summary>What the Hessian of a model can be recognised by where no matrix is held: weights, samples and how their losses become one.</summary>
    public string? PointOf(ModelRecord model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelPoint.Of(this, model);
    }

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Asked() => [.. Options?.Rows() ?? [], .. Data?.Asked() ?? []];

    /// <inheritdoc/>
    public IEnumerable<AnswerLine> Answer() => ModelAnswer.Of(this);

    /// <inheritdoc/>
    public IEnumerable<Section> Sections()
    {
        ImmutableArray<ModelRecord> models = Models ?? [];
        return [ModelTables.Numbers(models), .. CurvatureTables.Sections(models), .. ModelTables.Trainings(models), .. AuditRecord.Sections(Audit ?? [])];
    }

    /// <inheritdoc/>
    public IEnumerable<Section> SelfCheck() => ModelTables.SelfCheck(Models ?? []);

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Provenance() =>
    [
        .. Device?.Rows() ?? [],
        ("precision", Cell.Of(Precision)),
        .. Versions?.Rows() ?? [],
        .. Data?.Provenance() ?? [],
        .. (Models ?? []).Where(model => model.Checkpoint is not null).Select(
            model => ($"weights of {model.Name}", $"{Cell.Of(model.Checkpoint!.Path)}, SHA-256 {Cell.Of(model.Checkpoint.Sha256)}")),
        ("seconds in all", Cell.Of(Seconds)),
    ];
}
