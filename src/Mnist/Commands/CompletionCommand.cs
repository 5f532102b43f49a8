using System.Collections.Immutable;
using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// completion: a script that makes a shell complete commands, options, their values and files. It asks the program itself, so that it never grows old.
/// </summary>
internal static class CompletionCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "completion";

    // Bash takes "--option=value" and "a:b" for several words, and wants no more than the last of them.
    private const string Bash = """
        _basin_volume() {
            local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found
            [[ $word == [=:] ]] && word=
            local typed=${line##*[[:space:]]}
            local cut=${typed%"$word"}
            COMPREPLY=()
            while IFS= read -r found; do
                found=${found#"$cut"}
                [[ $found == *[[:space:]]* ]] && printf -v found %q "$found"
                COMPREPLY+=("$found")
            done < <(basin-volume "[suggest:${#line}]" "$line" 2>/dev/null)
            [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == */ ]] && compopt -o nospace
        }
        complete -o default -F _basin_volume basin-volume
        """;

    private const string Zsh = """
        _basin_volume() {
            local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
            local -a found=("${(@f)$(basin-volume "[suggest:${#line}]" "$line" 2>/dev/null)}")
            if [[ -n $found[1] ]]; then
                compadd -- ${found:#*/}
                compadd -S '' -- ${(M)found:#*/}
            else
                _files
            fi
        }
        compdef _basin_volume basin-volume
        """;

    private const string Fish = """
        function __basin_volume
            set -l line (commandline -cp)
            set -l found (basin-volume "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
            if set -q found[1]
                printf '%s\n' $found
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c basin-volume -f -a '(__basin_volume)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName basin-volume -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $length = $cursorPosition - $commandAst.Extent.StartOffset
            $line = $commandAst.ToString().PadRight($length)
            basin-volume "[suggest:$length]" $line 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, string> Scripts =
        new(StringComparer.Ordinal) { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = Pwsh };

    /// <summary>What to write, once, where for each shell, in a home in which nothing is set up yet.</summary>
    public static ImmutableArray<(string Shell, string File, string Line)> Recipes { get; } =
    [
        ("bash", "~/.bashrc", "source <(basin-volume completion bash)"),
        ("zsh", "~/.zshrc", "autoload -Uz compinit && compinit && source <(basin-volume completion zsh)"),
        ("fish", "~/.config/fish/config.fish", "basin-volume completion fish | source"),
        ("pwsh", "$PROFILE", "basin-volume completion pwsh | Out-String | Invoke-Expression"),
    ];

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
                result.AddError($"shell must be one of {string.Join(", ", Scripts.Keys)}; got '{word}'{NearestWord.Hint(word, Scripts.Keys)}.");
                return null;
            },
        };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new Command(
            Name,
            "Print a script that makes a shell complete words. Commands, options, values and files; a line in a file of the shell asks for it: "
            + $"{string.Join("; ", Recipes.Select(recipe => $"in {recipe.File} {recipe.Line}"))}.");
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n") + "\n");
            return ExitCodes.Success;
        });
        return command;
    }
}
