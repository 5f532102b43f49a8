using System.Buffers.Binary;
using System.Text;
using BasinVolume.Mnist.Data;

namespace BasinVolume.Mnist.Formats.Torch;

/// <summary>
/// Walks the instructions of a pickle without following any, and refuses all but those that torch.save writes for tensors in ordinary containers. The unpickler resolves names in a table
/// of its own (dates, sets, exceptions, a stand-in for any other class); after this walk only names that <see cref="TorchObjects"/> put there can reach it.
/// </summary>
internal static class PickleScan
{
    private const byte Global = (byte)'c';
    private const byte Instance = (byte)'i';
    private const byte Text = (byte)'X';
    private const byte Long1 = 0x8a;
    private const byte StackGlobal = 0x93;
    private const byte Stop = (byte)'.';

    /// <summary>Checks a whole pickle.</summary>
    /// <exception cref="DataException">It asks for something else, by name, or is damaged.</exception>
    public static void Check(ReadOnlySpan<byte> pickle, string source)
    {
        int at = 0;
        // The last two texts: where STACK_GLOBAL would take its name from.
        (string, string) texts = (string.Empty, string.Empty);
        while (true)
        {
            byte instruction = Take(pickle, ref at, 1, source)[0];
            switch (instruction)
            {
                case Stop when at == pickle.Length:
                    return;
                case Global or Instance:
                    string name = $"{Line(pickle, ref at, source)}.{Line(pickle, ref at, source)}";
                    if (instruction == Instance || !TorchObjects.Names.Contains(name))
                        throw Refused(source, name);
                    break;
                case StackGlobal:
                    throw Refused(source, $"{texts.Item1}.{texts.Item2}");
                case Text:
                    int length = BinaryPrimitives.ReadInt32LittleEndian(Take(pickle, ref at, sizeof(int), source));
                    texts = (texts.Item2, Encoding.UTF8.GetString(Take(pickle, ref at, length, source)));
                    break;
                case Long1:
                    Take(pickle, ref at, Take(pickle, ref at, 1, source)[0], source);
                    break;
                case var other when OperandsOf(other) is { } operands:
                    Take(pickle, ref at, operands, source);
                    break;
                default:
                    throw new DataException(
                        $"{source} has the pickle instruction 0x{instruction:x2} at byte {at - 1}, which torch.save does not write for tensors; save it again with torch.save(model.state_dict(), path).");
            }
        }
    }

    // Bytes that follow an instruction; null for one that is refused. Marks, tuples, lists, dictionaries, numbers, the memo, REDUCE, BUILD and persistent names.
    private static int? OperandsOf(byte instruction) => instruction switch
    {
        (byte)'(' or (byte)')' or (byte)'t' or 0x85 or 0x86 or 0x87 or (byte)'}' or (byte)'s' or (byte)'u' or (byte)']' or (byte)'a' or (byte)'e' => 0,
        0x88 or 0x89 or (byte)'N' or (byte)'R' or (byte)'b' or (byte)'Q' => 0,
        0x80 or (byte)'K' or (byte)'q' or (byte)'h' => 1,
        (byte)'M' => 2,
        (byte)'J' or (byte)'r' or (byte)'j' => 4,
        (byte)'G' => 8,
        _ => null,
    };

    private static DataException Refused(string source, string name)
        => new($"{source} asks for '{Printable(name)}': only tensors in dictionaries, lists and tuples are accepted, and nothing in a checkpoint is run; save it again with torch.save(model.state_dict(), path).");

    // A name from a hostile file goes to a terminal: no control characters, and not endless.
    private static string Printable(string name) => string.Concat(name.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter));

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> pickle, ref int at, int count, string source)
    {
        if (count < 0 || count > pickle.Length - at)
            throw new DataException($"{source} has a pickle that ends too early, at byte {pickle.Length}; copy the file again.");
        at += count;
        return pickle.Slice(at - count, count);
    }

    private static string Line(ReadOnlySpan<byte> pickle, ref int at, string source)
    {
        int length = pickle[at..].IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(Take(pickle, ref at, length < 0 ? int.MaxValue : length + 1, source)[..^1]);
    }
}
