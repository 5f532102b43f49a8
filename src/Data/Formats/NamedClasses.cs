using System.Collections.Immutable;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Formats;

/// <summary>Classes that have names in the files, in the order of these names' characters.</summary>
public sealed class NamedClasses
{
    private readonly Dictionary<string, int> _places;

    /// <summary>Those of the training samples.</summary>
    /// <param name="names">Names, some perhaps many times.</param>
    public NamedClasses(IEnumerable<string> names)
    {
        Names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _places = Names.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
    }

    /// <summary>What they are called.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The place of a name among the classes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="source">Where it stands, for errors.</param>
    /// <exception cref="DataException">There is no such class.</exception>
    public int PlaceOf(string name, string source) => _places.TryGetValue(name, out int place)
        ? place
        : throw new DataException(
            $"{source} has the class '{Printable.Name(name)}', which no training sample has: expected one of {Printable.List(Names)}; "
            + $"give training samples of it, or leave it out.");
}
