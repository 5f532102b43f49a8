using System.Collections;
using BasinVolume.Mnist.Data;
using Razorvine.Pickle;

namespace BasinVolume.Mnist.Formats.Torch;

/// <summary>The dictionary of tensors in the pickle of a checkpoint.</summary>
internal static class TorchPickle
{
    private static readonly string[] UsualKeys = ["state_dict", "model"];

    /// <summary>Unpickles it.</summary>
    /// <exception cref="DataException">It is damaged, asks for anything but tensors in containers, or is no dictionary of tensors.</exception>
    public static Dictionary<string, TorchTensor> Read(byte[] pickle, string source)
    {
        PickleScan.Check(pickle, source);
        return TensorsOf(Unpickle(pickle, source), source);
    }

    private static object? Unpickle(byte[] pickle, string source)
    {
        try
        {
            using var unpickler = new StorageUnpickler();
            return unpickler.loads(pickle);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Accepted instructions in a senseless order fail inside the unpickler in as many ways as there are: casts, empty stacks, missing keys.
            throw new DataException($"{source} has a damaged pickle ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); save it again with torch.save(model.state_dict(), path).", e);
        }
    }

    // A state_dict, or a dictionary that has one among other things under a usual name.
    private static Dictionary<string, TorchTensor> TensorsOf(object? root, string source)
    {
        if (root is Hashtable dictionary)
        {
            Hashtable[] candidates = IsTensors(dictionary) ? [dictionary] : [.. UsualKeys.Select(key => dictionary[key]).OfType<Hashtable>().Where(IsTensors)];
            if (candidates.Length == 1)
                return candidates[0].Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (TorchTensor)entry.Value!, StringComparer.Ordinal);
        }

        throw new DataException(
            $"{source} holds {Describe(root)}, expected a dictionary of tensors, or one under 'state_dict' or under 'model'; save it again with torch.save(model.state_dict(), path).");
    }

    private static bool IsTensors(Hashtable dictionary) => dictionary.Cast<DictionaryEntry>().All(entry => entry is { Key: string, Value: TorchTensor });

    private static string Describe(object? found) => found switch
    {
        Hashtable dictionary => $"a dictionary with {string.Join(", ", dictionary.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}: {Kind(entry.Value)}").Order(StringComparer.Ordinal).Take(10))}",
        _ => Kind(found),
    };

    private static string Kind(object? found) => found switch
    {
        null => "nothing",
        TorchTensor => "a tensor",
        Hashtable => "a dictionary",
        ArrayList => "a list",
        object[] => "a tuple",
        string => "a text",
        StorageClass or IObjectConstructor => "a class",
        _ => "a number",
    };

    /// <summary>Names of storages: ("storage", class, key, device, number of elements).</summary>
    private sealed class StorageUnpickler : Unpickler
    {
        protected override object persistentLoad(object pid) => pid is object[] and ["storage", StorageClass type, string key, string, int count] && count >= 0
            ? new TorchStorage(type, key, count)
            : throw new PickleException("a storage is named in another way than PyTorch's");
    }
}
