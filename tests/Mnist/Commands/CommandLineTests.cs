using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>What all commands have in common: help, version, completion, and what goes to which stream.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Commands
        => [.. ProgramCommands.Root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_ends_with_an_example_whose_options_there_are(string command)
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(command, "--help");
        Assert.Equal((0, string.Empty), (exitCode, error));
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal("Example:", lines[^2]);
        Assert.StartsWith($"  basin-volume {command}", lines[^1], StringComparison.Ordinal);
        string above = string.Join('\n', lines[..^2]);
        Assert.Contains($"Usage:\n  basin-volume {command} ", above, StringComparison.Ordinal);
        Assert.All(OptionName().Matches(lines[^1]), option => Assert.Contains($" {option.Value} ", above, StringComparison.Ordinal));
        string[] everywhere = ["--quiet", "--json", "--config"];
        Assert.All(everywhere, option => Assert.Equal(ProgramCommands.GiveResult(command), above.Contains($" {option} ", StringComparison.Ordinal)));
        Assert.Equal(output, ProgramCall.RunForOutput("help", command).Output);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Help_is_no_wider_than_was_said_and_has_every_option(int width)
    {
        Assert.All(Commands, row =>
        {
            Command command = ProgramCommands.Root.Subcommands.Single(command => command.Name == row.Data);
            string help = HelpPage.Of(command, width);
            // A word that does not fit stays whole, as the choices of an option do.
            IEnumerable<string> wide = help.Split('\n').Where(line => line.Length > width);
            Assert.All(wide, line => Assert.InRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, 1, 2));
            Assert.All(command.Options, option => Assert.Contains($" {option.Name}", help, StringComparison.Ordinal));
            Assert.Equal(command.Options.Count(option => !option.Hidden), OptionGroups.Of(command.Options).Sum(group => group.Options.Length));
        });
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("help")]
    public void The_help_without_a_command_lists_all_of_them(params string[] arguments)
    {
        (int exitCode, string output, _) = ProgramCall.RunForOutput(arguments);
        Assert.Equal(0, exitCode);
        Assert.All(Commands, command => Assert.Contains($"\n  {command.Data}", output, StringComparison.Ordinal));
        Assert.DoesNotContain("cli-reference", output, StringComparison.Ordinal);
    }

    // As "dotnet run" starts it, by its project's file.
    [Fact]
    public void In_the_sources_nothing_is_the_main_job_and_words_are_what_they_are()
    {
        string project = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot(), "src", "Mnist", "BasinVolume.Mnist.csproj"));
        Assert.Contains("<StartArguments>[sources]</StartArguments>", project, StringComparison.Ordinal);
        Assert.Equal("notebook", CommandLine.Parse(["[sources]"]).CommandResult.Command.Name);
        Assert.Equal("train", CommandLine.Parse(["[sources]", "train"]).CommandResult.Command.Name);
        Assert.Equal(ProgramCommands.Root, CommandLine.Parse(["[sources]", "--samples", "5"]).CommandResult.Command);
        Assert.Equal(ProgramCommands.Root, CommandLine.Parse(["--samples", "5"]).CommandResult.Command);
    }

    [Fact]
    public void The_version_is_a_version()
    {
        (int exitCode, string output, _) = ProgramCall.RunForOutput("--version");
        Assert.Equal(0, exitCode);
        Assert.All(["-V", "version"], word => Assert.Equal(output, ProgramCall.RunForOutput(word).Output));
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Theory]
    [InlineData("cli-reference", "cli.md")]
    [InlineData("result-reference", "result.md")]
    public void A_reference_is_current(string command, string document)
    {
        string path = Path.Combine(TestFiles.RepositoryRoot(), "docs", document);
        (_, string output, _) = ProgramCall.RunForOutput(command);
        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == output,
            $"docs/{document} is not what the program says; write it anew: dotnet run --project src/Mnist -- {command} > docs/{document}");
    }

    [Fact]
    public void The_program_of_a_document_is_the_sample_that_it_names()
    {
        string document = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot(), "docs", "curvature.md")).ReplaceLineEndings("\n");
        const string Head = "<!-- samples/curvature.cs -->\n```csharp\n";
        int start = document.IndexOf(Head, StringComparison.Ordinal) + Head.Length;
        string sample = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot(), "samples", "curvature.cs")).ReplaceLineEndings("\n");
        Assert.Equal(sample, document[start..document.IndexOf("```", start, StringComparison.Ordinal)]);
    }

    [Fact]
    public void The_reference_has_every_command_and_exit_code()
    {
        (_, string output, _) = ProgramCall.RunForOutput("cli-reference");
        Assert.All(Commands, command => Assert.Contains($"\n## {command.Data}\n", output, StringComparison.Ordinal));
        int[] codes =
        [
            ExitCodes.Success, ExitCodes.Failure, ExitCodes.Usage, ExitCodes.Data, ExitCodes.Device, ExitCodes.HungUp, ExitCodes.Cancelled,
            ExitCodes.Terminated, ExitCodes.OutOfTime,
        ];
        Assert.All(codes, code => Assert.Contains(FormattableString.Invariant($"\n| {code} | "), output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("basin-volume hes", "hessian")]
    [InlineData("basin-volume hessian --weighti", "--weighting")]
    [InlineData("basin-volume hessian --weighting sam", "sample-mean")]
    [InlineData("basin-volume train --model len", "lenet5")]
    [InlineData("basin-volume verify --device ilg", "ilgpu-cpu")]
    [InlineData("basin-volume completion z", "zsh")]
    [InlineData("basin-volume help curv", "curvature")]
    [InlineData("basin-volume hessian --weighting=sam", "--weighting=sample-mean")]
    [InlineData("basin-volume landscape --directions leading:2,n", "leading:2,negative")]
    [InlineData("basin-volume verify len", "lenet5")]
    public void The_program_completes_what_was_begun(string line, string expected)
    {
        (int exitCode, string output, _) = ProgramCall.RunForOutput(FormattableString.Invariant($"[suggest:{line.Length}]"), line);
        Assert.Equal(0, exitCode);
        Assert.Equal([expected], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete -c ")]
    [InlineData("pwsh", "Register-ArgumentCompleter ")]
    public void A_shell_gets_its_script(string shell, string part)
    {
        (int exitCode, string output, _) = ProgramCall.RunForOutput("completion", shell);
        Assert.Equal(0, exitCode);
        Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_that_is_not_known_is_refused()
    {
        (int exitCode, string error) = ProgramCall.Run("completion", "fsh");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("shell must be one of bash, zsh, fish, pwsh; got 'fsh'; the nearest is 'zsh'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'-hessian'; the nearest is '--hessian'", "spectrum", "-hessian", "h.npy")]
    [InlineData("'-hessian=h.npy'; the nearest is '--hessian'", "spectrum", "-hessian=h.npy")]
    [InlineData("'-h5'", "spectrum", "-h5")]
    [InlineData("'--hesian'; the nearest is '--hessian'", "volume", "--hesian", "h.npy")]
    [InlineData("'--sample'; the nearest is '--samples'", "train", "--sample", "5")]
    [InlineData("'spectrun'; the nearest is 'spectrum'", "spectrun")]
    [InlineData("'--run'", "spectrum", "--", "--run")]
    [InlineData("'--largest', which is an option of 'curvature'", "spectrum", "h.npy", "--largest", "5")]
    [InlineData("'spectrun'; the nearest is 'spectrum'", "help", "spectrun")]
    [InlineData("got 'sample-men'; the nearest is 'sample-mean'", "verify", "--weighting", "sample-men")]
    [InlineData("got 'cuad'; the nearest is 'cuda'", "train", "--device", "cuad")]
    [InlineData("got 'opncl:1'; the nearest is 'opencl'", "train", "--device", "opncl:1")]
    [InlineData("got 'parqet'; the nearest is 'parquet'", "train", "--data-format", "parqet")]
    [InlineData("got 'mnst'; the nearest is 'mnist'", "train", "--normalize", "mnst")]
    [InlineData("got 'largst:3'; the nearest is 'largest'", "spectrum", "h.npy", "--range", "largst:3")]
    [InlineData("got 'leadin'; the nearest is 'leading'", "landscape", "--directions", "leadin")]
    [InlineData("'h.npy' stands for --hessian, which is given as well", "spectrum", "h.npy", "--hessian", "g.npy")]
    [InlineData("'net.onnx' stands for --model", "verify", "net.onnx", "--model", "mlp")]
    [InlineData("'w.pt' stands for --weights", "hessian", "w.pt", "--weights", "v.pt")]
    [InlineData("'--weigths'; the nearest is '--weights'", "predict", "digit.png", "--weigths", "w.pt")]
    [InlineData("--samples", "train", "--samples", "5", "--samples", "6")]
    [InlineData("--lr", "train", "--lr")]
    [InlineData("'@settings'", "spectrum", "@settings")]
    [InlineData("'@digit.png'", "devices", "@digit.png")]
    [InlineData("'@digit.png'", "predict", "@digit.png")]
    public void A_slip_is_refused_with_what_was_meant(string part, params string[] arguments)
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(arguments);
        Assert.Equal((ExitCodes.Usage, string.Empty), (exitCode, output));
        Assert.Contains(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no model 'lenet'", ExitCodes.Usage, "lenet")]
    [InlineData("lenet.pt", ExitCodes.Data, "lenet.pt")]
    public void A_word_for_a_model_that_is_no_file_is_a_name_unless_it_looks_like_one(string part, int expected, string word)
    {
        (int exitCode, string error) = ProgramCall.Run("verify", word, "--samples", "5", "--device", "cpu");
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_completed_as_the_place_wants_them()
    {
        string run = _folder.PathOf("run");
        Assert.Equal(0, ProgramCall.Run("train", "softmax", "--samples", "10", "--epochs", "0", "--device", "cpu", "--quiet", "--out", run).ExitCode);
        _folder.Write("digit.png", []);
        _folder.Write("digits.npy", []);
        string begun = _folder.PathOf("dig"), folder = _folder.PathOf("ru");
        Assert.Equal([_folder.PathOf("digit.png")], Suggested($"basin-volume predict {begun}"));
        Assert.Equal([_folder.PathOf("digits.npy")], Suggested($"basin-volume train --indices {begun}"));
        Assert.Equal([_folder.PathOf("digit.png"), _folder.PathOf("digits.npy")], Suggested($"basin-volume spectrum {begun}"));
        Assert.Equal([run + "/"], Suggested($"basin-volume report {folder}"));
        Assert.Empty(Suggested($"basin-volume train --out {begun}"));
        Assert.Equal(["softmax"], Suggested($"basin-volume spectrum {run} --name "));
        Assert.Equal(["softmax"], Suggested($"basin-volume predict --weights {run} --name s"));
    }

    [Fact]
    public void Former_names_work_and_are_not_shown()
    {
        (int exitCode, string error) = ProgramCall.Run("train", "--init-std", "0");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.StartsWith("--sigma must be", error, StringComparison.Ordinal);
        Assert.Equal(["--indices"], Suggested("basin-volume train --in"));
        Assert.DoesNotContain("--init-std", ProgramCall.RunForOutput("train", "--help").Output, StringComparison.Ordinal);
    }

    private static string[] Suggested(string line)
        => ProgramCall.RunForOutput(FormattableString.Invariant($"[suggest:{line.Length}]"), line).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void A_name_that_begins_with_an_at_sign_is_a_files_name()
    {
        // Relative to the folder that the program is started in, which is the tests': a name that has a folder before it does not begin so.
        string name = $"@{Guid.NewGuid():N}.png", path = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(path, "spectrum --run somewhere");
        (int exitCode, string error) = ProgramCall.Run("predict", name, "--epochs", "0", "--samples", "10", "--device", "cpu");
        File.Delete(path);
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains(name, error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_as_json_is_the_file_and_nothing_else()
    {
        string run = _folder.PathOf("run");
        (int exitCode, string output, string error) = ProgramCall.RunForOutput("spectrum", Matrix(), "--json", "--out", run);
        Assert.True(exitCode == 0, error);
        Assert.Contains("λ_max", error, StringComparison.Ordinal);
        JsonObject printed = JsonNode.Parse(output)!.AsObject();
        Assert.Equal(run, (string?)printed["folder"]);
        printed.Remove("folder");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(Path.Combine(run, "spectrum.json"))), printed));
        (_, output, _) = ProgramCall.RunForOutput("devices", "--json", "--quiet");
        Assert.Contains(
            "cpu", JsonDocument.Parse(output).RootElement.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("spec").GetString()));
    }

    [Fact]
    public void Quiet_says_nothing_but_errors()
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput("spectrum", "--hessian", Matrix(), "-q", "--out", _folder.PathOf("run"));
        Assert.Equal((0, string.Empty, string.Empty), (exitCode, output, error));
        (exitCode, output, error) = ProgramCall.RunForOutput("spectrum", "--hessian", "nowhere.npy", "--quiet", "--json", "--out", _folder.PathOf("other"));
        Assert.Equal((ExitCodes.Data, string.Empty), (exitCode, output));
        Assert.Contains("nowhere.npy", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_of_two_kinds_share_a_folder_and_each_keeps_its_own()
    {
        string folder = _folder.PathOf("run");
        string[] spectrum = ["spectrum", "--hessian", Matrix(), "--quiet", "--out", folder],
            volume = ["volume", "--hessian", Matrix(), "--quiet", "--out", folder];
        Assert.Equal(0, ProgramCall.Run(spectrum).ExitCode);
        Assert.Equal(0, ProgramCall.Run(volume).ExitCode);
        (int exitCode, string error) = ProgramCall.Run(spectrum);
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("its spectrum.json is there", error, StringComparison.Ordinal);
        Assert.Equal(0, ProgramCall.Run([.. volume, "--force"]).ExitCode);
    }

    private string Matrix()
    {
        Npy.Write<double>(_folder.PathOf("h.npy"), [2, 2], [2, 0, 0, 1]);
        return _folder.PathOf("h.npy");
    }

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex OptionName();
}
