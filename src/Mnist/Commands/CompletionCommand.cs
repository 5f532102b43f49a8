using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// completion: a script that makes a shell complete commands, options and their values. It asks the program itself, so that it never grows old.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _basin_volume() {
            local IFS=$'\n'
            local word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(compgen -W "$(basin-volume "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${word}"))
        }
        complete -o default -F _basin_volume basin-volume
        """;

    private const string Zsh = """
        #compdef basin-volume
        _basin_volume() {
            local -a found
            found=("${(@f)$(basin-volume "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            if [[ -n "${found[1]}" ]]; then
                compadd -a found
            else
                _files
            fi
        }
        compdef _basin_volume basin-volume
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName basin-volume -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            basin-volume "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal) { ["bash"] = Bash, ["zsh"] = Zsh, ["pwsh"] = Pwsh };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("shell")
        {
            Description = $"One of {string.Join(", ", Scripts.Keys)}.",
            CustomParser = result =>
            {
                string word = result.Tokens[^1].Value;
                if (Scripts.ContainsKey(word))
                    return word;
                result.AddError($"shell must be one of {string.Join(", ", Scripts.Keys)}; got '{word}'.");
                return null;
            },
        };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new Command(
            "completion", "Print a script that makes a shell complete commands, options and their values; the example installs it for bash.");
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n") + "\n");
            return ExitCodes.Success;
        });
        return command;
    }
}
