using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Mnist.Models;

/// <summary>
/// What a network can be recognised by, in whatever form it was described: its operators with their sizes, names and constants, and how they meet.
/// </summary>
public static class NetworkHash
{
    /// <summary>SHA-256, 64 lower-case hexadecimal digits. It is that of this version of the program alone.</summary>
    public static string Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, network.Input.ToString());
        for (int node = 0; node < network.Nodes.Length; node++)
        {
            Operator step = network.Nodes[node].Operator;
            // A record says its sizes; of lists it says the type alone, so that they are added.
            Add(hash, string.Create(CultureInfo.InvariantCulture, $"{step.GetType()} {step.Description} {step.Output} {step}"));
            Add(hash, string.Join(' ', network.Nodes[node].Inputs) + " of " + string.Join(' ', step.Inputs));
            Add(hash, string.Join(' ', network.ParametersOfNodes[node].Select(parameter => $"{parameter.Name} {parameter.Shape} at {parameter.Offset}")));
            hash.AppendData(MemoryMarshal.AsBytes(step.Constants.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(step.FixedIndices.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + '\n'));
}
