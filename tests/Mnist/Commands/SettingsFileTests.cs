using System.Text;
using System.Text.Json;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Options from a file, and what a file that says something else gets.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Options_come_from_the_file_unless_the_command_line_has_them()
    {
        string settings = Write("""
            {
              // As in the command line, but without dashes.
              "model": "softmax", "init-std": 0.25, "samples": 50, "epochs": 1, "lr": 0.25, "sampling": "without-replacement",
              "device": "cpu", "quiet": true, "json": true, "force": false,
            }
            """);
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            "train", "--samples", "64", "--config", settings, "--out", _folder.PathOf("run"));
        Assert.True(exitCode == 0, error);
        Assert.Empty(error);
        JsonElement root = JsonDocument.Parse(output).RootElement, options = root.GetProperty("options"), data = root.GetProperty("data");
        Assert.Equal(("softmax", 1, 0.25), (
            options.GetProperty("model").GetString(), options.GetProperty("epochs").GetInt32(), options.GetProperty("learning_rate").GetDouble()));
        Assert.Equal((64, "without-replacement"), (data.GetProperty("samples").GetInt32(), data.GetProperty("sampling").GetString()));
    }

    [Theory]
    [InlineData("""{ "sample": 5 }""", "has the key 'sample', which is no option of 'train'; the nearest is 'samples'")]
    [InlineData("""{ "batchsize": 5 }""", "the nearest is 'batch-size'")]
    [InlineData("""{ "--lr": 5 }""", "the nearest is 'lr'")]
    [InlineData("""{ "config": "a.json" }""", "has the key 'config', which is no option")]
    [InlineData("""{ "penalty": "included" }""", "has the key 'penalty', which is no option of 'train'")]
    [InlineData("""{ "samples": [1, 2] }""", "has a list for 'samples', expected a text or a number")]
    [InlineData("""{ "samples": true }""", "has true or false for 'samples', expected a text or a number")]
    [InlineData("""{ "lr": "", "samples": 5 }""", "has an empty text for 'lr'")]
    [InlineData("""{ "lr": "0,1" }""", "--lr must be a number from 1e-30 to 1e15, written without a comma as in 1500 or 0.5; got '0,1' (with the settings of ")]
    [InlineData("""{ "lr": 1e400 }""", "got '1e400'")]
    [InlineData("""{ "lr": "5\u0000" }""", "--lr is given an empty text, or one with a null in it")]
    [InlineData("""{ "quiet": "yes" }""", "has a text for 'quiet', expected true or false")]
    [InlineData("""{ "quiet": null }""", "has null for 'quiet', expected true or false")]
    [InlineData("""{ "samples": "many" }""", "--samples must be a whole number from 1 to 10000000; got 'many' (with the settings of ")]
    [InlineData("""{ "samples": -5 }""", "--samples must be a whole number from 1 to 10000000; got '-5'")]
    [InlineData("""{ "sampling": "some" }""", "--sampling must be one of with-replacement, without-replacement, all; got 'some'")]
    public void What_it_may_not_say_is_refused_by_name(string settings, string part) => AssertFails(ExitCodes.Usage, part, Write(settings));

    [Theory]
    [InlineData("""{ "samples": 5, "samples": 6 }""", "is no settings file")]
    [InlineData("""{ "samples": 5""", "is no settings file")]
    [InlineData("[5]", "is no settings file (it holds a list)")]
    [InlineData("samples: 5", "is no settings file")]
    [InlineData("", "it is empty")]
    public void What_is_no_settings_file_is_refused(string settings, string part) => AssertFails(ExitCodes.Data, part, Write(settings));

    [Fact]
    public void A_byte_order_mark_does_not_matter()
    {
        string settings = _folder.Write("marked.json", [0xef, 0xbb, 0xbf, .. "{ \"samples\": 0 }"u8]);
        AssertFails(ExitCodes.Usage, "--samples must be a whole number from 1 to 10000000; got '0'", settings);
    }

    [Fact]
    public void A_missing_file_is_refused() => AssertFails(ExitCodes.Data, "Cannot read", _folder.PathOf("nowhere.json"));

    private void AssertFails(int expected, string part, string settings)
    {
        (int exitCode, string error) = ProgramCall.Run("train", "--config", settings, "--out", _folder.PathOf("run"));
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.EndsWith(".", error.TrimEnd(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("run")));
    }

    private string Write(string settings) => _folder.Write("settings.json", Encoding.UTF8.GetBytes(settings));
}
