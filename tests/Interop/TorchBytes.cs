using System.IO.Compression;
using System.Text;

namespace BasinVolume.Interop.Tests;

/// <summary>Files as torch.save lays them out, put together by hand.</summary>
internal static class TorchBytes
{
    /// <summary>A pickle (protocol 2) of an instruction sequence: characters below U+0100 stand for bytes.</summary>
    public static byte[] Pickle(string instructions) => [0x80, 2, .. Encoding.Latin1.GetBytes(instructions), (byte)'.'];

    /// <summary>The instructions for a text.</summary>
    public static string Text(string text) => $"X{(char)text.Length}\0\0\0{text}";

    /// <summary>The instructions for a tensor over storage "0"; numbers are below 256.</summary>
    public static string Tensor(string storageClass, int count, int offset, int[] shape, int[] strides)
        => $"ctorch._utils\n_rebuild_tensor_v2\n(({Text("storage")}ctorch\n{storageClass}\n{Text("0")}{Text("cpu")}{Number(count)}tQ{Number(offset)}"
            + $"({Numbers(shape)}t({Numbers(strides)}t\u0089ccollections\nOrderedDict\n)RtR";

    /// <summary>The instructions for a dictionary.</summary>
    public static string Dictionary(params (string Name, string Value)[] entries)
        => $"}}({string.Concat(entries.Select(entry => Text(entry.Name) + entry.Value))}u";

    /// <summary>The zip file around a pickle and one storage.</summary>
    public static byte[] Zip(byte[] pickle, byte[] storage, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in new[] { ("data.pkl", pickle), ("data/0", storage) })
            {
                using Stream entry = zip.CreateEntry("model/" + name, compression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static string Numbers(int[] numbers) => string.Concat(numbers.Select(Number));

    private static string Number(int number) => $"K{(char)number}";
}
