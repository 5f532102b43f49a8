
namespace BasinVolume.Interop.Pickles;

/// <summary>The stack of a pickle's reader, with marks that nothing is taken from below.</summary>
/// <param name="source">What the file is called in errors.</param>
/// <param name="origin">What the pickle is meant to be.</param>
internal sealed class PickleStack(string source, PickleOrigin origin)
{
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = [];

    private int Bottom => _marks.TryPeek(out int mark) ? mark : 0;

    public void Push(object? value) => _values.Add(value);

    public void Mark() => _marks.Push(_values.Count);

    public object? Peek() => _values.Count > Bottom ? _values[^1] : throw Damaged("its stack is empty");

    public object? Pop() => Take(1)[0];

    /// <summary>Takes the last values, in the order in which they came.</summary>
    public object?[] Take(int count)
    {
        if (_values.Count - Bottom < count)
            throw Damaged("its stack is empty");
        object?[] taken = [.. _values[^count..]];
        _values.RemoveRange(_values.Count - count, count);
        return taken;
    }

    /// <summary>Takes all values since the last mark, and the mark.</summary>
    public object?[] TakeToMark()
    {
        object?[] taken = Take(_values.Count - Bottom);
        return _marks.TryPop(out _) ? taken : throw Damaged("it lacks a mark");
    }

    public DataException Damaged(string why) => new($"{source} has a damaged pickle ({why}); {origin.Remedy}.");
}
