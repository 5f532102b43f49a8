using System.Text;
using BasinVolume.Interop;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Tests.Models;

/// <summary>What is read back from a run's result.json.</summary>
public sealed class RunModelTests : IDisposable
{
    private const string Softmax = """[{ "name": "fc.weight", "offset": 0, "shape": [10, 784] }, { "name": "fc.bias", "offset": 7840, "shape": [10] }]""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_has_its_files_network_and_tensors()
    {
        Write("softmax", "float32", Softmax);
        RunModel model = RunModel.Read(_folder.Path, "second");
        Assert.Equal(("second", Precision.Float32, 0.25), (model.Name, model.Precision, model.WeightDecay));
        Assert.Equal(_folder.PathOf("hessian-second.npy"), model.HessianFile);
        Assert.Equal(_folder.PathOf("gradient-second.npy"), model.GradientFile);
        Assert.Equal([new SavedTensor("fc.weight", 0, 7840), new SavedTensor("fc.bias", 7840, 10)], model.Tensors);
        Assert.Equal(7850, model.OpenNetwork()!.ParameterCount);
    }

    [Fact]
    public void Without_a_name_it_is_the_first()
    {
        Write("softmax", "float64", Softmax);
        RunModel model = RunModel.Read(_folder.Path, name: null);
        Assert.Equal(("first", Precision.Float64), (model.Name, model.Precision));
        Assert.Equal(["first", "second"], model.All);
    }

    [Theory]
    [InlineData("gone.json")]
    [InlineData("notebook")]
    public void A_network_that_is_gone_or_another_is_not_opened(string network)
    {
        Write(network, "float64", Softmax);
        Assert.Null(RunModel.Read(_folder.Path, name: null).OpenNetwork());
    }

    [Fact]
    public void A_name_that_the_run_does_not_have_is_refused_with_those_it_has()
    {
        Write("softmax", "float64", Softmax);
        Assert.Contains("it has first, second", Assert.Throws<DataException>(() => RunModel.Read(_folder.Path, "third")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{ "name": "../../evil", "offset": 0, "shape": [3] }]""", "begins with a point")]
    [InlineData("""[{ "name": "a/b", "offset": 0, "shape": [3] }]""", "has a '/' at position 1")]
    [InlineData("""[{ "name": null, "offset": 0, "shape": [3] }]""", "parameter_map[0].name holds something else than it should")]
    [InlineData("""[{ "name": "\ud800", "offset": 0, "shape": [3] }]""", "is not the result of")]
    [InlineData("""[{ "name": "a", "offset": 1, "shape": [3] }]""", "a begins at 1 and not at 0")]
    [InlineData("""[{ "name": "a", "offset": 0, "shape": [-3] }]""", "dimension -3")]
    [InlineData("""[{ "name": "a", "offset": 0, "shape": [65536, 65536] }]""", "is not the result of")]
    public void A_parameter_map_that_cannot_be_is_refused(string map, string part)
    {
        Write("softmax", "float64", map);
        Assert.Contains(part, Assert.Throws<DataException>(() => RunModel.Read(_folder.Path, name: null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_models_name_never_leads_out_of_the_folder()
    {
        _folder.Write("result.json", """{ "options": {}, "models": [{ "name": "../../evil" }] }"""u8.ToArray());
        Assert.Contains(
            "'../../evil' begins with a point",
            Assert.Throws<DataException>(() => RunWeights.Find(_folder.Path, name: null)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_where_the_result_should_be_is_said()
    {
        Directory.CreateDirectory(_folder.PathOf("result.json"));
        Assert.True(RunWeights.IsRun(_folder.Path));
        Assert.Contains("it is a folder", Assert.Throws<DataException>(() => RunWeights.Find(_folder.Path, name: null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "models": [{ "name": "a" }] }""")]
    public void Something_else_is_refused(string text)
    {
        _folder.Write("result.json", Encoding.UTF8.GetBytes(text));
        Assert.Contains("result.json", Assert.Throws<DataException>(() => RunModel.Read(_folder.Path, name: null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "models")]
    [InlineData("""{ "models": [{}] }""", "name")]
    [InlineData("""{ "models": [{ "name": "a" }] }""", "precision")]
    [InlineData("""{ "precision": "float64", "models": [{ "name": "a" }] }""", "hessian")]
    public void A_key_that_is_missing_is_named(string text, string key)
    {
        _folder.Write("result.json", Encoding.UTF8.GetBytes(text));
        TestFiles.AssertExplained<DataException>(
            () => RunModel.Read(_folder.Path, name: null),
            $"is not the result of a finished notebook, hessian or curvature run (it has no '{key}'",
            "); give the folder of a finished notebook, hessian or curvature run.");
    }

    [Fact]
    public void A_training_has_no_hessian_and_says_how_to_get_one()
    {
        _folder.Write("result.json", """{ "command": "train", "models": [{ "name": "a" }] }"""u8.ToArray());
        TestFiles.AssertExplained<DataException>(
            () => RunModel.Read(_folder.Path, name: null), "holds weights and no Hessian", $"'hessian --weights {_folder.Path} --out DIR'");
    }

    private void Write(string network, string precision, string map) => _folder.Write("result.json", Encoding.UTF8.GetBytes($$"""
        { "precision": "{{precision}}", "data": {},
          "options": { "model": "{{network}}", "threshold": 2, "weight_decay": 1e-5, "k": 1, "init_std": 0.5, "batch_size": 64 }, "models": [
          { "name": "first", "hessian": { "weight_decay": 0, "loss": 1.5, "weighting": "batch-mean" }, "parameter_map": {{map}} },
          { "name": "second", "hessian": { "weight_decay": 0.25, "loss": 1.25, "weighting": "batch-mean" }, "parameter_map": {{map}} } ] }
        """));
}
