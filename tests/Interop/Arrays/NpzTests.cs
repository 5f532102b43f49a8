using System.IO.Compression;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using CsCheck;

namespace BasinVolume.Interop.Tests.Arrays;

public sealed class NpzTests
{
    private static readonly TensorShape[] Model = [new("w", [2, 3]), new("b", [2])];

    [Theory]
    [InlineData("savez.npz")]
    [InlineData("savez_compressed.npz")]
    public void What_numpy_wrote_is_read(string name)
        => Assert.Equal([0, 1, 2, 3, 4, 5, 0.5, -0.25], Read(File.ReadAllBytes(TestFiles.Fixture("Interop", name))));

    [Fact]
    public void Other_tensors_are_named()
    {
        byte[] file = Fixture();
        AssertRefused(() => WeightFile.Read(file, "model.npz", [.. Model, new("c", [1])]), "model.npz lacks c");
        AssertRefused(() => WeightFile.Read(file, "model.npz", Model[..1]), "has b, which this model does not know");
        AssertRefused(() => WeightFile.Read(file, "model.npz", [new("w", [3, 2]), Model[1]]), "w is (2, 3), expected (3, 2)");
    }

    [Fact]
    public void An_array_of_objects_is_refused_without_being_unpickled()
        => AssertRefused(() => Read(Zip(("w.npy", File.ReadAllBytes(TestFiles.Fixture("Interop", "object.npy"))), ("b.npy", []))), "w.npy in model.npz");

    [Fact]
    public void A_part_that_is_no_array_is_a_tensor_that_nobody_knows()
        => AssertRefused(() => Read(Zip(("w.npy", []), ("b.npy", []), ("readme.txt", []))), "has readme.txt, which this model does not know");

    [Fact]
    public void A_part_without_an_ending_is_looked_into_as_well()
        => AssertRefused(() => Read(Zip(("w", []), ("b.npy", []))), "in model.npz is not a readable .npy file");

    [Fact]
    public void A_matrix_that_would_unpack_to_far_more_than_its_file_is_refused_before_it_is_unpacked()
        => AssertRefused(() => Npz.ReadOnly(Zip(("h.npy", new byte[100_000_000])), "h.npz"), "unpacks to 100000000 bytes, and at most 67108864");

    // 100 MB of zeros take 100 kB of zip file; the model's largest tensor takes 48 bytes.
    [Fact]
    public void A_part_that_would_inflate_beyond_the_model_is_refused_before_it_is_inflated()
        => AssertRefused(
            () => Read(Zip(("w.npy", new byte[100_000_000]), ("b.npy", File.ReadAllBytes(TestFiles.Fixture("Interop", "f8.npy"))))),
            "w has 100000000 bytes, expected at most 65584");

    [Fact]
    public void Any_truncation_is_refused()
    {
        byte[] file = Fixture();
        Gen.Int[0, file.Length - 1].Sample(length => Assert.Throws<DataException>(() => Read(file[..length])), iter: 300);
    }

    [Fact]
    public void Any_change_of_bytes_is_refused_or_does_not_matter()
    {
        byte[] file = Fixture();
        double[] expected = Read(file);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] changed = [.. file];
            foreach ((int place, byte value) in changes)
                changed[place] = value;
            try
            {
                Assert.Equal(expected, Read(changed));
            }
            catch (DataException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }, iter: 3000);
    }

    [Theory]
    [InlineData("savez")]
    [InlineData("savez_compressed")]
    public void A_file_with_one_array_is_that_array(string save)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("h.npz");
        PythonProcess.Run("numpy", $"import sys, numpy\nnumpy.{save}(sys.argv[1], h=numpy.eye(3))", path);
        NpyArray array = Npy.Read(path);
        Assert.Equal([3, 3], array.Shape);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], array.AsDoubles());
    }

    [Fact]
    public void Of_several_arrays_none_is_guessed()
        => AssertRefused(() => Npy.Read(TestFiles.Fixture("Interop", "savez.npz")), "savez.npz holds 2 arrays (b.npy, w.npy), expected one");

    [Fact]
    public void One_array_is_read_from_bytes_too()
    {
        byte[] array = File.ReadAllBytes(TestFiles.Fixture("Interop", "f8.npy"));
        Assert.Equal([0, 1, 2, 3, 4, 5], Npz.ReadOnly(Zip(("h.npy", array)), "h.npz").AsDoubles());
        AssertRefused(() => Npz.ReadOnly(Zip(("h.txt", array)), "h.npz"), "h.npz holds 0 arrays");
        AssertRefused(() => Npz.ReadOnly(Zip(("h.npy", File.ReadAllBytes(TestFiles.Fixture("Interop", "object.npy")))), "h.npz"), "h.npy in h.npz");
    }

    // The length of the first part in its directory, four bytes at 24 of the last "PK\1\2", made 2 GB.
    [Fact]
    public void A_length_that_no_compression_reaches_is_refused()
    {
        byte[] file = Zip(("h.npy", File.ReadAllBytes(TestFiles.Fixture("Interop", "f8.npy"))));
        int directory = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), int.MaxValue);
        AssertRefused(() => Npz.ReadOnly(file, "h.npz"), "h.npz unpacks to 2147483647 bytes");
    }

    private static byte[] Fixture() => File.ReadAllBytes(TestFiles.Fixture("Interop", "savez_compressed.npz"));

    private static double[] Read(byte[] file) => WeightFile.Read(file, "model.npz", Model).Values;

    private static void AssertRefused(Action action, params string[] parts) => TestFiles.AssertExplained<DataException>(action, parts);

    private static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in parts)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
