using System.Collections.Immutable;
using BasinVolume.Data.Formats;

namespace BasinVolume.Data.Idx;

/// <summary>
/// The four files of MNIST, or of any set in its form (Fashion-MNIST, EMNIST, QMNIST): grey images of one size and labels, under the names that those sets have
/// (<see cref="IdxName"/>), each file with or without <c>.gz</c>, and with <c>-idx</c> or <c>.idx</c> in its name.
/// Where several spellings are there, the first tried is read; where several sets are there, none.
/// </summary>
internal sealed class IdxFormat : DataFormat
{
    /// <inheritdoc/>
    public override string Name => "idx";

    /// <inheritdoc/>
    public override string Expected => "a folder with train-images-idx3-ubyte and the other IDX files of MNIST or EMNIST";

    /// <inheritdoc/>
    public override ImmutableArray<DataOption> Options { get; } = [DataOption.Transposed, DataOption.Classes];

    /// <inheritdoc/>
    public override bool Recognises(string path) => Directory.Exists(path) && IdxName.In(path).Length > 0;

    /// <inheritdoc/>
    public override DataSource Open(DataRequest request) => IdxFolder.Open(request);
}
