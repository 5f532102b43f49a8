using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// What computations must agree on to be parts of one: of weights, data and indices their SHA-256, of everything else that changes a bit of the answer its
/// value, each under the name that a user knows it by.
/// </summary>
/// <param name="Entries">Name and value, in the order in which differences are told.</param>
public sealed record Fingerprint(ImmutableArray<KeyValuePair<string, string>> Entries)
{
    /// <summary>The first difference as a part of a sentence, such as "weights is 12ab… in part-01 and 98fe… in part-02"; null if there is none.</summary>
    /// <param name="mine">What this one belongs to.</param>
    /// <param name="other">The other one.</param>
    /// <param name="theirs">What that belongs to.</param>
    public string? Difference(string mine, Fingerprint other, string theirs)
    {
        ArgumentNullException.ThrowIfNull(other);
        var others = other.Entries.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach ((string name, string value) in Entries)
        {
            if (!others.Remove(name, out string? theirValue))
                return $"{name} is {value} in {mine} and not given in {theirs}";
            if (value != theirValue)
                return $"{name} is {value} in {mine} and {theirValue} in {theirs}";
        }

        return others.Count == 0 ? null : $"{others.First().Key} is {others.First().Value} in {theirs} and not given in {mine}";
    }

    /// <summary>The same without some entries.</summary>
    /// <param name="names">Their names.</param>
    public Fingerprint Without(params string[] names) => new([.. Entries.Where(entry => !names.Contains(entry.Key))]);

    /// <summary>SHA-256 of all entries, 64 lower-case hexadecimal digits.</summary>
    public string Sha256()
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Entries.Select(entry => $"{entry.Key}={entry.Value}")))));

    /// <summary>SHA-256 of numbers as they lie in memory, 64 lower-case hexadecimal digits.</summary>
    /// <typeparam name="T">Of what type they are.</typeparam>
    /// <param name="numbers">The numbers.</param>
    public static string Of<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
        => Convert.ToHexStringLower(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers)));
}
