using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;

namespace BasinVolume.Interop.Tests.Weights;

/// <summary>The ways in which people save their weights; PyTorch itself wrote the files (Fixtures/make_checkpoints.py).</summary>
public sealed class SavedWaysTests
{
    private static readonly TensorShape[] Linear = [new("fc.weight", [2, 3]), new("fc.bias", [2])];
    private static readonly double[] Weights = [0, 1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [InlineData("averaged_model")]
    [InlineData("compiled")]
    [InlineData("kuangliu_net")]
    [InlineData("legacy")]
    [InlineData("numpy_scalar")]
    [InlineData("protocol4")]
    [InlineData("rezipped")]
    [InlineData("tutorial_general")]
    [InlineData("with_buffer")]
    public void One_set_of_weights_is_read_however_it_was_saved(string name)
        => Assert.Equal(Npy.Read(Saved("weights.npy")).AsDoubles(), WeightFile.Read(Saved(name + ".pt"), NotebookWeights.Tensors).Values);

    [Theory]
    [InlineData("state", "")]
    [InlineData("protocol2", "")]
    [InlineData("protocol3", "")]
    [InlineData("protocol4", "")]
    [InlineData("protocol5", "")]
    [InlineData("legacy-protocol2", "")]
    [InlineData("legacy-protocol3", "")]
    [InlineData("legacy-protocol4", "")]
    [InlineData("legacy-protocol5", "")]
    [InlineData("module", "")]
    [InlineData("module-legacy", "")]
    [InlineData("module-parallel", "model.module")]
    [InlineData("scripted", "")]
    [InlineData("optimizer", "model")]
    [InlineData("nested", "checkpoint.params.module._orig_mod.module")]
    [InlineData("lightning", "state_dict.model.net")]
    [InlineData("same-twice", "model")]
    [InlineData("two-shapes", "discriminator")]
    [InlineData("views", "")]
    [InlineData("shared", "")]
    [InlineData("shared-legacy", "")]
    [InlineData("bfloat16", "")]
    [InlineData("float16-legacy", "")]
    [InlineData("float64-legacy", "")]
    [InlineData("parameters", "")]
    [InlineData("tuple", "0")]
    [InlineData("plain-pickle", "")]
    [InlineData("deflated", "")]
    [InlineData("no-folder", "")]
    [InlineData("descriptors", "")]
    [InlineData("big-endian", "")]
    public void A_layer_is_found_where_it_is(string name, string part)
    {
        StoredWeights read = Read(name);
        Assert.Equal(Weights, read.Values);
        Assert.Equal(part, read.Part);
    }

    [Fact]
    public void What_counts_is_left_out_and_said()
    {
        Assert.Equal(["a (bool)", "n (int64)"], Read("float64-legacy").LeftOut);
        Assert.Equal(
            "taken from 'checkpoint.params.module._orig_mod.module'; "
            + "left out, for they are whole numbers: module._orig_mod.module.bn.num_batches_tracked (int64)",
            Read("nested").Note());
        Assert.Null(Read("state").Note());
    }

    [Fact]
    public void Of_two_sets_that_fit_one_is_chosen_by_its_key()
    {
        AssertRefused("ema", key: null, "holds 2 sets of weights that fit this model: in 'model', 'ema'", "--key model");
        Assert.Equal(Weights, Read("ema", "model").Values);
        Assert.Equal([1.0, 2, 3, 4, 5, 6, 7, 8], Read("ema", "ema").Values);
        AssertRefused("ema", "emma", "nothing called 'emma'", "'model', 'ema'");
        AssertRefused("two-shapes", "generator", "fc.weight is (5, 5), expected (2, 3)");
    }

    [Theory]
    [InlineData("lightning", "state_dict")]
    [InlineData("lightning", "state_dict.model")]
    [InlineData("lightning", "state_dict.model.net")]
    [InlineData("nested", "checkpoint")]
    [InlineData("tuple", "0")]
    [InlineData("state", ".")]
    public void A_key_may_lead_part_of_the_way(string name, string key) => Assert.Equal(Weights, Read(name, key).Values);

    [Fact]
    public void A_tensor_that_is_not_dense_is_refused_by_name()
        => AssertRefused("sparse", key: null, "fc.weight is made by torch._utils._rebuild_sparse_tensor, expected dense float64");

    [Fact]
    public void The_oldest_form_is_refused_by_name()
    {
        byte[] tar = new byte[1024];
        "sys_info\0"u8.CopyTo(tar);
        TestFiles.AssertExplained<DataException>(() => WeightFile.Read(tar, "old.pt", Linear), "old.pt is a tar archive", "0.1.10");
    }

    [Theory]
    [InlineData("legacy-protocol2")]
    [InlineData("plain-pickle")]
    [InlineData("module-legacy")]
    public void A_file_of_the_old_form_that_is_cut_anywhere_is_refused(string name)
    {
        byte[] file = File.ReadAllBytes(Saved($"small-{name}.pt"));
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<DataException>(() => WeightFile.Read(file[..length], "cut.pt", Linear));
        Assert.Throws<DataException>(() => WeightFile.Read([.. file, 0], "long.pt", name == "plain-pickle" ? [Linear[0]] : Linear));
    }

    private static StoredWeights Read(string name, string? key = null) => WeightFile.Read(Saved($"small-{name}.pt"), Linear, key);

    private static void AssertRefused(string name, string? key, params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => Read(name, key), [$"small-{name}.pt", .. parts]);

    private static string Saved(string name) => TestFiles.Fixture("Interop", Path.Combine("saved", name));
}
