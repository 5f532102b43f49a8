using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using BasinVolume.Kernels;

namespace BasinVolume.Interop.Pickles;

/// <summary>
/// Reads a pickle of protocol 2 to 5 (Python's Lib/pickletools.py describes the instructions). An unpickler builds objects by calling what the pickle names;
/// this one writes down what is asked for (<see cref="PickleObject"/>) and calls nothing, so that no class need be known and none can do harm.
/// </summary>
internal sealed class PickleReader
{
    // A state_dict takes about 30 instructions a tensor; each leaves at most some 60 bytes in memory.
    private const int MostInstructions = 5_000_000;

    private readonly PickleBytes _bytes;
    private readonly PickleOrigin _origin;
    private readonly string _source;
    private readonly PickleStack _stack;
    private readonly Dictionary<long, object?> _memo = [];
    private readonly List<PickleOutside> _outside = [];

    private PickleReader(PickleBytes bytes, string source, PickleOrigin origin)
        => (_bytes, _source, _origin, _stack) = (bytes, source, origin, new PickleStack(source, origin));

    /// <summary>Reads a pickle of PyTorch's.</summary>
    /// <param name="file">Bytes that it is a part of.</param>
    /// <param name="start">Where it begins in them.</param>
    /// <param name="source">What they are called in errors.</param>
    /// <exception cref="DataException">It is damaged, or asks for something that would start programs or read files.</exception>
    public static Pickle Read(byte[] file, int start, string source)
    {
        using var stream = new MemoryStream(file, start, file.Length - start, writable: false);
        return Read(new PickleBytes(stream, file.Length, start, source, PickleOrigin.Torch.Remedy), source, PickleOrigin.Torch);
    }

    /// <summary>Reads a pickle.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="source">What they are called in errors.</param>
    /// <param name="origin">What it is meant to be.</param>
    /// <exception cref="DataException">It is damaged, or asks for something that would start programs or read files.</exception>
    public static Pickle Read(PickleBytes bytes, string source, PickleOrigin origin)
    {
        var reader = new PickleReader(bytes, source, origin);
        for (int instructions = 0; instructions < MostInstructions; instructions++)
        {
            byte instruction = reader.Take(1)[0];
            if (instruction == (byte)'.')
                return new(reader._stack.Pop(), bytes.At, reader._outside);
            if (!reader.Number(instruction)
                && !reader.Text(instruction)
                && !reader.Container(instruction)
                && !reader.Memory(instruction)
                && !reader.Object(instruction))
            {
                throw new DataException(
                    $"{source} has the pickle instruction 0x{instruction:x2} at byte {bytes.At - 1}, which {origin.Usual}; "
                    + $"{origin.Remedy}.");
            }
        }

        throw new DataException(
            $"{source} has a pickle of more than {MostInstructions} instructions, more than {origin.Content} take; "
            + $"{origin.Remedy}.");
    }

    private bool Number(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'N': _stack.Push(null); break;
            case 0x88: _stack.Push(true); break;
            case 0x89: _stack.Push(false); break;
            case (byte)'K': _stack.Push((long)Take(1)[0]); break;
            case (byte)'M': _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case (byte)'J': _stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case (byte)'G': _stack.Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 0x8a: PushLong(Take(Take(1)[0])); break;
            case 0x8b: PushLong(Take(Length(4))); break;
            default: return false;
        }

        return true;
    }

    // Python 2 wrote its texts as bytes (T and U).
    private bool Text(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'X': PushText(Length(4), Encoding.UTF8); break;
            case 0x8c: PushText(Length(1), Encoding.UTF8); break;
            case 0x8d: PushText(Length(8), Encoding.UTF8); break;
            case (byte)'T': PushText(Length(4), Encoding.Latin1); break;
            case (byte)'U': PushText(Length(1), Encoding.Latin1); break;
            case (byte)'B': PushBytes(Length(4)); break;
            case (byte)'C': PushBytes(Length(1)); break;
            case 0x8e or 0x96: PushBytes(Length(8)); break;
            default: return false;
        }

        return true;
    }

    private bool Container(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'(': _stack.Mark(); break;
            case (byte)')': _stack.Push(Array.Empty<object?>()); break;
            case 0x85: _stack.Push(_stack.Take(1)); break;
            case 0x86: _stack.Push(_stack.Take(2)); break;
            case 0x87: _stack.Push(_stack.Take(3)); break;
            case (byte)'t': _stack.Push(_stack.TakeToMark()); break;
            case (byte)'}': _stack.Push(PickleObject.Dictionary()); break;
            case (byte)']': _stack.Push(PickleObject.List()); break;
            case 0x8f: _stack.Push(PickleObject.Set()); break;
            case 0x91: AddAll(PickleObject.Set(), _stack.TakeToMark()); break;
            case (byte)'a': Extend(_stack.Take(1)); break;
            case (byte)'e' or 0x90: Extend(_stack.TakeToMark()); break;
            case (byte)'s': Fill(_stack.Take(2)); break;
            case (byte)'u': Fill(_stack.TakeToMark()); break;
            default: return false;
        }

        return true;
    }

    // The memo, and what says nothing of the content: protocol and frames.
    private bool Memory(byte instruction)
    {
        switch (instruction)
        {
            case 0x80: Take(1); break;
            case 0x95: Take(8); break;
            case (byte)'q': _memo[Take(1)[0]] = _stack.Peek(); break;
            case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = _stack.Peek(); break;
            case 0x94: _memo[_memo.Count] = _stack.Peek(); break;
            case (byte)'h': _stack.Push(Remembered(Take(1)[0])); break;
            case (byte)'j': _stack.Push(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case (byte)'0': _stack.Pop(); break;
            case (byte)'1': _stack.TakeToMark(); break;
            case (byte)'2': _stack.Push(_stack.Peek()); break;
            default: return false;
        }

        return true;
    }

    private bool Object(byte instruction)
    {
        switch (instruction)
        {
            case (byte)'c': _stack.Push(new PickleGlobal($"{_bytes.Line()}.{_bytes.Line()}")); break;
            case 0x93: PushGlobal(_stack.Take(2)); break;
            case (byte)'R' or 0x81: Make(_stack.Take(2)); break;
            case 0x92: Make(_stack.Take(3)); break;
            case (byte)'o': MakeOf(_stack.TakeToMark()); break;
            case (byte)'b': Build(_stack.Pop()); break;
            case (byte)'Q': PushOutside(_stack.Pop()); break;
            default: return false;
        }

        return true;
    }

    private void PushLong(ReadOnlySpan<byte> bytes)
    {
        if (new BigInteger(bytes) is var whole && whole >= long.MinValue && whole <= long.MaxValue)
            _stack.Push((long)whole);
        else
            _stack.Push(whole);
    }

    private void PushGlobal(object?[] names)
        => _stack.Push(names is [string module, string name] ? new PickleGlobal($"{module}.{name}") : throw _stack.Damaged("a class has no name"));

    // (class, arguments), or (class, arguments, named arguments); calls and constructions look alike to one who does neither.
    private void Make(object?[] parts)
        => Make(parts[0], parts[1] as object?[] ?? throw _stack.Damaged("arguments are no tuple"));

    private void MakeOf(object?[] parts)
        => Make(parts.Length > 0 ? parts[0] : throw _stack.Damaged("an object has no class"), parts[1..]);

    private void Make(object? maker, object?[] arguments)
    {
        if (maker is PickleGlobal global && HarmfulNames.Contain(global.Name))
        {
            throw new DataException(
                $"{_source} asks whoever loads it to call '{Printable.Name(global.Name)}', which no {_origin.Content} need; nothing was run here. "
                + $"Do not load it in Python either, and get the {_origin.Content} from another place.");
        }

        _stack.Push(OrderedDictionaryOf(maker, arguments) ?? new PickleObject(maker, arguments));
    }

    // Python 2 gave an OrderedDict its items as one argument, a list of pairs.
    private static PickleObject? OrderedDictionaryOf(object? maker, object?[] arguments)
    {
        if (maker is not PickleGlobal { Name: "collections.OrderedDict" } || arguments is not [PickleObject { Elements: { Count: > 0 } pairs }])
            return null;
        var dictionary = new PickleObject(maker, []);
        foreach (PickleObject pair in pairs.OfType<PickleObject>().Where(pair => pair.Elements.Count == 2))
            dictionary.Put(pair.Elements[0], pair.Elements[1]);
        foreach (object?[] pair in pairs.OfType<object?[]>().Where(pair => pair.Length == 2))
            dictionary.Put(pair[0], pair[1]);
        return dictionary;
    }

    private void Build(object? state) => Top("attributes").State = state;

    private void PushOutside(object? id)
    {
        var outside = new PickleOutside(id);
        _outside.Add(outside);
        _stack.Push(outside);
    }

    private void Extend(object?[] elements)
    {
        PickleObject list = Top("elements");
        foreach (object? element in elements)
            list.Add(element);
    }

    private void Fill(object?[] keysAndValues)
    {
        if (keysAndValues.Length % 2 != 0)
            throw _stack.Damaged("a key has no value");
        PickleObject dictionary = Top("keys");
        for (int i = 0; i < keysAndValues.Length; i += 2)
            dictionary.Put(keysAndValues[i], keysAndValues[i + 1]);
    }

    private void AddAll(PickleObject set, object?[] elements)
    {
        _stack.Push(set);
        Extend(elements);
    }

    private PickleObject Top(string what) => _stack.Peek() as PickleObject ?? throw _stack.Damaged($"{what} are given to something that has none");

    private object? Remembered(long place)
        => _memo.TryGetValue(place, out object? value) ? value : throw _stack.Damaged($"number {place} of its memo was never set");

    private int Length(int bytes)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        Take(bytes).CopyTo(wide);
        return BinaryPrimitives.ReadUInt64LittleEndian(wide) is var length && length <= int.MaxValue ? (int)length : throw _bytes.Short();
    }

    private ReadOnlySpan<byte> Take(int count) => _bytes.Take(count);

    // What is too long to be kept stays where it is.
    private void PushText(long length, Encoding encoding)
    {
        if (length > _origin.LongestText)
            PushBlob(length, encoding == Encoding.UTF8);
        else
            _stack.Push(encoding.GetString(Take((int)length)));
    }

    private void PushBytes(long length)
    {
        if (length > _origin.LongestText)
            PushBlob(length, isText: false);
        else
            _stack.Push(Take((int)length).ToArray());
    }

    private void PushBlob(long length, bool isText)
    {
        _stack.Push(new PickleBlob(_bytes.At, length, isText));
        _bytes.Skip(length);
    }
}

/// <summary>What a pickle says.</summary>
/// <param name="Root">The whole of it.</param>
/// <param name="End">Where it ends in the bytes that it is a part of.</param>
/// <param name="Outside">What it names outside itself, in the order of the names.</param>
internal sealed record Pickle(object? Root, long End, IReadOnlyList<PickleOutside> Outside);
