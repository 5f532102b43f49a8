using System.Text.Json;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// What processes that compute one answer together make sure of before they begin: each tells its fingerprint, and where one differs from the first all of them
/// know it, so that all end with the same sentence.
/// </summary>
internal static class Agreement
{
    /// <summary>Compares fingerprints; all processes do.</summary>
    /// <param name="ranks">The processes.</param>
    /// <param name="of">Makes that of this one; not called where there is nobody to compare with.</param>
    /// <exception cref="DisagreementException">One differs from the first.</exception>
    public static void Demand(IRanks ranks, Func<Fingerprint> of)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(of);
        if (ranks.Count == 1)
            return;
        Fingerprint[] all = [.. ranks.Texts(Written(of())).Select(Read)];
        for (int rank = 1; rank < all.Length; rank++)
        {
            if (all[0].Difference("rank 0", all[rank], $"rank {rank}") is { } difference)
                throw new DisagreementException($"The ranks do not compute the same: {difference}; give every rank the same program, command and files.");
        }
    }

    /// <summary>Compares Hessians.</summary>
    /// <param name="ranks">The processes.</param>
    /// <param name="sha256">Gives the SHA-256 of this one's; not called where there is nobody to compare with.</param>
    /// <exception cref="DisagreementException">One differs from the first.</exception>
    public static void OnHessian(IRanks ranks, Func<string?> sha256) => Demand(ranks, () => new([new("the Hessian's SHA-256", sha256() ?? "none")]));

    private static string Written(Fingerprint fingerprint)
        => string.Join('\n', fingerprint.Entries.SelectMany(entry => (string[])[Line(entry.Key), Line(entry.Value)]));

    private static Fingerprint Read(string text)
        => new([.. text.Split('\n').Chunk(2).Select(pair => KeyValuePair.Create(Text(pair[0]), Text(pair[1])))]);

    // Whatever is in it, it is one line.
    private static string Line(string text) => JsonEncodedText.Encode(text).ToString();

    private static string Text(string line) => JsonDocument.Parse($"\"{line}\"").RootElement.GetString()!;
}

/// <summary>Processes that were to compute one answer have been given different things.</summary>
/// <param name="message">One sentence for the person at the keyboard.</param>
internal sealed class DisagreementException(string message) : ExplainedException(message);
