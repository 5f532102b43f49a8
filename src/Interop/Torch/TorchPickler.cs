using System.Globalization;
using System.Text;
using Razorvine.Pickle;

namespace BasinVolume.Interop.Torch;

/// <summary>The pickle of a state_dict: an OrderedDict from names to tensors, each rebuilt from a storage of its own with row-major strides.</summary>
internal sealed class TorchPickler : Pickler
{
    private const string OrderedDict = "collections.OrderedDict";
    private const byte Mark = (byte)'(';
    private const byte Reduce = (byte)'R';
    private const byte SetItems = (byte)'u';

    // The pickler's table belongs to the process; these types are added to it once, before the first use.
    static TorchPickler()
    {
        registerCustomPickler(typeof(Global), new GlobalPickler());
        registerCustomPickler(typeof(Call), new CallPickler());
        registerCustomPickler(typeof(Items), new ItemsPickler());
    }

    private TorchPickler()
        : base(useMemo: false)
    {
    }

    /// <summary>The pickle; storages are called 0, 1, … in the order of the tensors.</summary>
    public static byte[] StateDictionary(StorageClass storage, IReadOnlyList<TensorShape> tensors)
    {
        using var pickler = new TorchPickler();
        return pickler.dumps(new Items([.. tensors.Select((tensor, i) => (tensor.Name, TensorOf(
            tensor, new TorchStorage(storage, i.ToString(CultureInfo.InvariantCulture), tensor.Count))))]));
    }

    /// <inheritdoc/>
    protected override bool persistentId(object pid, out object newpid)
    {
        newpid = pid;
        if (pid is not TorchStorage storage)
            return false;
        newpid = new object[] { "storage", new Global("torch." + storage.Class.Name), storage.Key, "cpu", (int)storage.Count };
        return true;
    }

    // (storage, offset, size, stride, requires_grad, hooks)
    private static Call TensorOf(TensorShape tensor, TorchStorage storage)
        => new("torch._utils._rebuild_tensor_v2", [storage, 0, Tuple(tensor.Shape), Tuple(Strides(tensor.Shape)), false, new Call(OrderedDict, [])]);

    private static object[] Tuple(IEnumerable<int> numbers) => [.. numbers.Cast<object>()];

    private static int[] Strides(IReadOnlyList<int> shape)
    {
        int[] strides = new int[shape.Count];
        for (int d = shape.Count - 1, stride = 1; d >= 0; stride *= shape[d--])
            strides[d] = stride;
        return strides;
    }

    /// <summary>A class or function by its full name.</summary>
    private sealed record Global(string Name);

    /// <summary>What a class or function gives for arguments.</summary>
    private sealed record Call(string Name, object[] Arguments);

    /// <summary>An OrderedDict.</summary>
    private sealed record Items(IReadOnlyList<(string Name, Call Value)> Entries);

    private sealed class GlobalPickler : IObjectPickler
    {
        public void pickle(object o, Stream outs, Pickler currentPickler)
        {
            string name = ((Global)o).Name;
            int dot = name.LastIndexOf('.');
            outs.Write(Encoding.UTF8.GetBytes($"c{name[..dot]}\n{name[(dot + 1)..]}\n"));
        }
    }

    private sealed class CallPickler : IObjectPickler
    {
        public void pickle(object o, Stream outs, Pickler currentPickler)
        {
            var call = (Call)o;
            currentPickler.save(new Global(call.Name));
            currentPickler.save(call.Arguments);
            outs.WriteByte(Reduce);
        }
    }

    private sealed class ItemsPickler : IObjectPickler
    {
        public void pickle(object o, Stream outs, Pickler currentPickler)
        {
            currentPickler.save(new Call(OrderedDict, []));
            outs.WriteByte(Mark);
            foreach ((string name, Call value) in ((Items)o).Entries)
            {
                currentPickler.save(name);
                currentPickler.save(value);
            }

            outs.WriteByte(SetItems);
        }
    }
}
