using System.Buffers.Binary;

namespace BasinVolume.Data.ParquetFiles;

/// <summary>
/// Whether a Parquet file's footer is what Thrift's compact protocol makes of <see cref="FooterSchema"/>, from its first byte to its last. The library reads a
/// footer field by field and takes its end for one more byte, so that a damaged one keeps it reading without end.
/// </summary>
internal ref struct FooterCheck
{
    // Kinds of values on the wire.
    private const int True = 1, False = 2, Byte = 3, Short = 4, Int = 5, Long = 6, Double = 7;
    private const int Binary = 8, List = 9, Set = 10, Map = 11, Structure = 12, Uuid = 13;

    private const int TrailerLength = 8;
    private const int Deepest = 32;
    private const int LongListSize = 15;

    private readonly ReadOnlySpan<byte> _footer;
    private int _place;

    private FooterCheck(ReadOnlySpan<byte> footer) => _footer = footer;

    /// <summary>Checks a file's footer.</summary>
    /// <param name="file">The file; it is left at its beginning.</param>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static void Check(Stream file)
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (file.Length < TrailerLength)
            throw Fault($"it has {file.Length} bytes");
        file.Position = file.Length - TrailerLength;
        file.ReadExactly(trailer);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (!trailer[4..].SequenceEqual("PAR1"u8) || length > file.Length - TrailerLength || length > Array.MaxLength)
            throw Fault("it does not end with the length of a footer and PAR1");
        var footer = new byte[length];
        file.Position = file.Length - TrailerLength - length;
        file.ReadExactly(footer);
        file.Position = 0;
        var check = new FooterCheck(footer);
        check.Pass(FooterSchema.Root, 0);
        if (check._place != footer.Length)
            throw Fault($"its footer ends after {check._place} of {footer.Length} bytes");
    }

    // A structure that the schema has, or null for one that it has not, which is gone through as it is.
    private void Pass(string? structure, int depth)
    {
        if (depth > Deepest)
            throw Fault("its footer is nested without end");
        int field = 0;
        while (true)
        {
            int header = Next();
            if (header == 0)
                return;
            // One that does not come soon after the one before says its own number, doubled for its sign.
            field = header >> 4 is var step and > 0 ? field + step : (int)(Number() >> 1);
            string? kind = structure is null ? null : FooterSchema.KindOf(structure, field);
            int wire = header & 15;
            if (!Fits(wire, kind))
                throw Fault($"field {field} of {structure} in its footer is of another kind");
            if (wire is not (True or False))
                PassValue(wire, kind, depth);
        }
    }

    private void PassValue(int wire, string? kind, int depth)
    {
        switch (wire)
        {
            case True or False or Byte:
                Skip(1);
                break;
            case Short or Int or Long:
                Number();
                break;
            case Double:
                Skip(sizeof(double));
                break;
            case Binary:
                Skip(Number());
                break;
            case List or Set:
                PassList(kind, depth);
                break;
            case Map:
                PassMap(depth);
                break;
            case Structure:
                Pass(kind, depth + 1);
                break;
            case Uuid:
                Skip(16);
                break;
            default:
                throw Fault("its footer has a value of no kind");
        }
    }

    private void PassList(string? kind, int depth)
    {
        int header = Next(), wire = header & 15;
        long size = header >> 4 is var small and < LongListSize ? small : Number();
        string? element = kind?[1..^1];
        if (size > _footer.Length - _place || !Fits(wire, element))
            throw Fault($"its footer has a list of {size} elements that are of another kind or more than it has bytes");
        for (long i = 0; i < size; i++)
            PassValue(wire, element, depth + 1);
    }

    // No structure of the schema has a map; one that came later may.
    private void PassMap(int depth)
    {
        long size = Number();
        if (size > _footer.Length - _place)
            throw Fault($"its footer has a map of {size} elements");
        int wires = size == 0 ? 0 : Next();
        for (long i = 0; i < size; i++)
        {
            PassValue(wires >> 4, null, depth + 1);
            PassValue(wires & 15, null, depth + 1);
        }
    }

    private static bool Fits(int wire, string? kind) => kind switch
    {
        null => true,
        "i" => wire is Short or Int or Long,
        "y" => wire == Byte,
        "b" => wire is True or False,
        "d" => wire == Double,
        "s" => wire == Binary,
        ['[', ..] => wire is List or Set,
        _ => wire == Structure,
    };

    private int Next() => _place < _footer.Length ? _footer[_place++] : throw Fault("its footer is cut");

    private void Skip(long count)
    {
        if (count < 0 || count > _footer.Length - _place)
            throw Fault("its footer is cut");
        _place += (int)count;
    }

    // Seven bits a byte, the lowest first.
    private long Number()
    {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = Next();
            number |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }

        throw Fault("its footer has a number of more than 64 bits");
    }

    private static InvalidDataException Fault(string why) => new(why);
}
