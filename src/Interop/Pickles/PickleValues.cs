namespace BasinVolume.Interop.Pickles;

/// <summary>A class or function that a pickle names. It stays a name.</summary>
/// <param name="Name">Module and name with a point between them.</param>
internal sealed record PickleGlobal(string Name);

/// <summary>Bytes, or a text, that were too long to be kept.</summary>
/// <param name="At">Where they begin in the file.</param>
/// <param name="Length">How many bytes of the file they take.</param>
/// <param name="IsText">Whether these are the UTF-8 of a text.</param>
internal sealed record PickleBlob(long At, long Length, bool IsText);

/// <summary>Something outside the pickle that it names: a storage, in PyTorch's files.</summary>
/// <param name="Id">What it is named by.</param>
internal sealed record PickleOutside(object? Id);

/// <summary>
/// What a pickle wants made, written down and not made: which class or function with which arguments, and what is put into it afterwards.
/// Dictionaries, lists and sets are of this form too.
/// Whatever else a pickle holds is null, a bool, a long, a <see cref="System.Numerics.BigInteger"/>, a double, a string, a byte[], a tuple (object?[]), or one
/// of the kinds above.
/// </summary>
/// <param name="maker">What is to make it.</param>
/// <param name="arguments">With what.</param>
internal sealed class PickleObject(object? maker, object?[] arguments)
{
    private static readonly PickleGlobal DictionaryMaker = new("builtins.dict");
    private static readonly PickleGlobal ListMaker = new("builtins.list");
    private static readonly PickleGlobal SetMaker = new("builtins.set");

    private List<(object? Key, object? Value)>? _items;
    private List<object?>? _elements;

    /// <summary>What is to make it: a <see cref="PickleGlobal"/>, or whatever else the pickle has there.</summary>
    public object? Maker { get; } = maker;

    /// <summary>The arguments of that.</summary>
    public object?[] Arguments { get; } = arguments;

    /// <summary>What its attributes are set from; null if they are not.</summary>
    public object? State { get; set; }

    /// <summary>Keys and values, in their order, that are put into it.</summary>
    public IReadOnlyList<(object? Key, object? Value)> Items => _items ?? (IReadOnlyList<(object?, object?)>)[];

    /// <summary>Elements, in their order, that are added to it.</summary>
    public IReadOnlyList<object?> Elements => _elements ?? (IReadOnlyList<object?>)[];

    /// <summary>The name of what makes it, as far as it has one.</summary>
    public string MakerName => Maker switch
    {
        PickleGlobal { Name: "copyreg._reconstructor" or "copy_reg._reconstructor" } when Arguments is [PickleGlobal type, ..] => type.Name,
        PickleGlobal global => global.Name,
        // Before PyTorch 1.6 a module's class came with its source code: ("module", class, file, source).
        PickleOutside { Id: object[] and ["module", PickleGlobal type, ..] } => type.Name,
        _ => "something without a name",
    };

    /// <summary>Whether it is a dictionary, ordered or not, rather than an object that has attributes.</summary>
    public bool IsDictionary => Items.Count > 0 || MakerName is "builtins.dict" or "collections.OrderedDict" or "collections.defaultdict";

    public static PickleObject Dictionary() => new(DictionaryMaker, []);

    public static PickleObject List() => new(ListMaker, []);

    public static PickleObject Set() => new(SetMaker, []);

    public void Put(object? key, object? value) => (_items ??= []).Add((key, value));

    public void Add(object? element) => (_elements ??= []).Add(element);

    /// <summary>The value of a text as key in a dictionary, or null.</summary>
    public object? this[string name] => Items.FirstOrDefault(item => item.Key is string key && key == name).Value;
}
