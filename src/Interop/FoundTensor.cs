namespace BasinVolume.Interop;

/// <summary>A tensor by where it is in a file.</summary>
/// <param name="Container">
/// The dictionary, list or module that it is in, by the keys that lead there with points between them; empty for the whole file.
/// </param>
/// <param name="Name">What it is called in that.</param>
/// <param name="Place">Where its elements are: tensors of the same place are the same.</param>
/// <param name="Open">Gives the tensor.</param>
internal sealed record FoundTensor(string Container, string Name, string Place, Func<StoredTensor> Open);

/// <summary>Where a walk through a file has come to.</summary>
/// <param name="Container">The dictionary, list or module that is walked through.</param>
/// <param name="Name">What is looked at in it; parts of a module have names with points in them.</param>
/// <param name="InModule">Whether the container is a module.</param>
internal readonly record struct TensorPath(string Container, string Name, bool InModule)
{
    /// <summary>The whole file.</summary>
    public static TensorPath Root { get; } = new(string.Empty, string.Empty, InModule: false);

    /// <summary>Two names with a point between them, if both are there.</summary>
    public static string Join(string first, string second) => first.Length == 0 || second.Length == 0 ? first + second : $"{first}.{second}";

    /// <summary>Inside what is looked at, which is a dictionary or a list.</summary>
    public TensorPath InsideContainer() => new(Join(Container, Name), string.Empty, InModule: false);

    /// <summary>Inside what is looked at, which is a module; parts of modules belong to the module around them.</summary>
    public TensorPath InsideModule() => InModule ? this : InsideContainer() with { InModule = true };

    /// <summary>A part of where it is.</summary>
    public TensorPath Part(string name) => this with { Name = Join(Name, name) };
}
