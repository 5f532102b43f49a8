using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>The self-check as a person starts it.</summary>
public sealed class VerifyCommandTests
{
    [Fact]
    public void At_trained_weights_it_prints_a_table_and_a_line_and_ends_well()
    {
        (int exitCode, string said, string error) = ProgramCall.RunForOutput(
            "verify", "--weights", TestFiles.Fixture("Interop", "plain_trained.pt"), "--samples", "20", "--device", "cpu", "--threads", "2");
        Assert.True(exitCode == ExitCodes.Success, error);
        Assert.All(
            ["identity", "residual", "bound", "softmax-shift-hessian", "rescaling-hessian", "holds", "0 broken", "where rounding allows"],
            part => Assert.Contains(part, said, StringComparison.Ordinal));
        Assert.DoesNotContain("BROKEN", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "There is no model 'nothing'", "--model", "nothing")]
    [InlineData(ExitCodes.Usage, "--samples must be a whole number from 1 to 10000000; got '0'", "--samples", "0")]
    [InlineData(ExitCodes.Data, "nowhere.pt", "--weights", "nowhere.pt")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["verify", "--device", "cpu", .. arguments]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
