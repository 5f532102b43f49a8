namespace BasinVolume.Interop.Pickles;

/// <summary>
/// Functions that a pickle has no honest use for: they start programs, evaluate code, or reach files and the network.
/// Nothing in a pickle is ever called here, so this is no wall; it is for the reader of the file, who should know what Python would have done with it.
/// </summary>
internal static class HarmfulNames
{
    private static readonly HashSet<string> Modules = new(StringComparer.Ordinal)
    {
        "os", "posix", "nt", "subprocess", "sys", "runpy", "shutil", "socket", "pty", "importlib", "ctypes", "webbrowser", "urllib",
    };

    private static readonly HashSet<string> BuiltIns = new(StringComparer.Ordinal)
    {
        "eval", "exec", "execfile", "compile", "__import__", "open", "input", "breakpoint", "globals", "locals", "exit", "quit", "apply",
    };

    /// <summary>Whether a full name is one of them.</summary>
    public static bool Contain(string name)
    {
        string module = name[..Math.Max(name.IndexOf('.', StringComparison.Ordinal), 0)];
        return Modules.Contains(module) || (module is "builtins" or "__builtin__" && BuiltIns.Contains(name[(module.Length + 1)..]));
    }
}
