using System.Text.Json;
using BasinVolume.Interop;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;
using BasinVolume.Report.Tests.Runs;

namespace BasinVolume.Report.Tests.Records;

public sealed class RunJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_number_that_is_not_finite_is_null_wherever_it_stands()
    {
        var record = new TrainingRecord
        {
            Seconds = double.NaN,
            Gamma = double.NegativeInfinity,
            WeightDecay = double.PositiveInfinity,
            Epochs = [],
            StepLosses = [1, double.NaN],
        };
        JsonElement root = JsonElement.Parse(RunJson.TextOf(record, RunJson.Default.TrainingRecord));
        Assert.Equal(
            """{"seconds":null,"optimizer":null,"gamma":null,"weight_decay":null,"epochs":[],"step_losses":[1,null]}""",
            JsonSerializer.Serialize(root));
    }

    [Fact]
    public void What_was_written_as_null_is_read_as_no_number()
    {
        TrainingRecord record = JsonSerializer.Deserialize("""{"weight_decay":null,"epochs":[],"step_losses":[1,null]}""", RunJson.Default.TrainingRecord)!;
        Assert.True(double.IsNaN(record.WeightDecay));
        Assert.Equal([1, double.NaN], record.StepLosses);
        Assert.Null(record.Seconds);
    }

    [Fact]
    public void A_definition_has_the_key_of_its_unit_alone_even_without_a_value()
    {
        var definition = new DefinitionRecord { Applies = false, Reason = "no", LogProbability = new(null), Interval = new(null), LowerBound = new(-3.5) };
        string text = RunJson.TextOf(definition, RunJson.Default.DefinitionRecord);
        JsonElement root = JsonElement.Parse(text);
        Assert.Equal(["applies", "reason", "log_probability", "interval", "lower_bound"], root.EnumerateObject().Select(key => key.Name));
        DefinitionRecord read = JsonSerializer.Deserialize(text, RunJson.Default.DefinitionRecord)!;
        Assert.Equal((definition.LogProbability, definition.LogVolume, -3.5), (read.LogProbability, read.LogVolume, read.LowerBound!.Value));
    }

    [Fact]
    public void Every_document_is_in_the_reference()
        => Assert.Equal(
            typeof(RunJson).Assembly.GetExportedTypes().Where(type => type.GetProperty("Schema") is not null && !type.IsInterface).OrderBy(type => type.Name),
            KeyReference.Described.OrderBy(type => type.Name));

    [Fact]
    public void Every_kind_is_read_back_as_it_was_written()
    {
        foreach (RunKind kind in RunKind.All)
        {
            using (OutputFolder output = new(_folder.Path, EarlierRun.Keep))
            {
                RunFolder run = new(output, kind);
                run.Begin();
                run.WriteResult(SmallRecords.Of(kind));
                run.Publish();
            }

            IRunRecord read = FinishedRun.Read(_folder.Path, kind, "a finished run");
            Assert.Equal(SmallRecords.Of(kind).GetType(), read.GetType());
            Assert.Empty(read.Files!.Value);
        }
    }

    [Theory]
    [InlineData("[]", "it holds something else")]
    [InlineData("null", "it holds no object")]
    [InlineData("""{"models":[{}]}""", "it has no 'name' in models[0]")]
    [InlineData(
        """{"command":"train","precision":"float64","options":{"batch_size":"64","weight_decay":0,"init_std":null},"data":{},"models":[]}""",
        "options.batch_size holds something else")]
    [InlineData("""{"models":[{"name":null}]}""", "models[0].name holds something else")]
    [InlineData(
        """{"command":"train","precision":"float64","options":{"batch_size":64,"weight_decay":0,"init_std":null},"data":{},"models":[null]}""",
        "null stands among the elements")]
    public void What_is_no_result_is_refused_with_the_key(string text, string reason)
    {
        File.WriteAllText(_folder.PathOf("result.json"), text);
        TestFiles.AssertExplained<DataException>(() => FinishedRun.Read(_folder.Path, RunKind.Models, "a finished run"), "result.json", reason);
    }
}
