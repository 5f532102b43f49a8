using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.MatrixFree;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs.MatrixFreeJob;

/// <summary>Shows the stages, and passes on what each of them found when it is through, or when the work is stopped.</summary>
/// <param name="name">What the model is called.</param>
/// <param name="view">Who watches.</param>
/// <param name="findings">Who is told what is found.</param>
internal sealed class ViewedCurvature(string name, IRunView view, IFindings findings) : ICurvatureListener
{
    private MatrixFreeCurvature? _told;

    /// <summary>All that is known; null before the first stage.</summary>
    public MatrixFreeCurvature? Known { get; private set; }

    /// <inheritdoc/>
    public TResult During<TResult>(string stage, Func<IProgress<double>, TResult> compute)
    {
        TResult result = view.During($"{name}: {stage}", compute);
        Tell();
        return result;
    }

    /// <inheritdoc/>
    public void Found(MatrixFreeCurvature known) => Known = known;

    /// <summary>Passes on what was not passed on yet.</summary>
    public void Tell()
    {
        if (Known is not { } known)
            return;
        if (known.Pairs is { Pairs.IsEmpty: false } pairs && pairs != _told?.Pairs)
            findings.Eigenpairs(name, pairs);
        if (known.Distribution is { } distribution && distribution != _told?.Distribution)
        {
            findings.Quadratures(name, known.Quadratures!);
            findings.Distribution(name, distribution, SmoothedDensity.Of(known.Quadratures!));
        }

        _told = known;
    }
}
