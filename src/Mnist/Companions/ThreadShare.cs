using System.Collections.Immutable;
using System.Globalization;

namespace BasinVolume.Mnist.Companions;

/// <summary>
/// How many threads are right for a process that shares its machine with others of the same work. Launchers bind processes to processors in ways of their own:
/// to one each, to those of a socket, or not at all. So each tells on which it may run, and of a processor that several may run on each has its part.
/// </summary>
/// <param name="Processors">Numbers of the processors that a process may run on, as Linux writes them ("0-3,8"); empty where nobody says.</param>
/// <param name="Count">Of how many of them it may use all the time.</param>
internal sealed record ThreadShare(string Processors, int Count)
{
    private const string SystemFile = "/proc/self/status";
    private const string SystemKey = "Cpus_allowed_list:";

    /// <summary>What this process may run on.</summary>
    public static ThreadShare Here() => new(OfSystem(), Environment.ProcessorCount);

    /// <summary>The threads of one of several processes on a machine; at least 1.</summary>
    /// <param name="all">What each of them may run on.</param>
    /// <param name="place">Which one.</param>
    public static int Threads(IReadOnlyList<ThreadShare> all, int place)
    {
        ImmutableHashSet<int>[] sets = [.. all.Select(share => Numbers(share.Processors))];
        ImmutableHashSet<int> own = sets[place];
        int count = all[place].Count;
        // Of a machine that says nothing, or that grants less than its processors, each has an equal part.
        if (own.Count != count)
            return Math.Max(1, count / all.Count);
        return Math.Max(1, (int)own.GroupBy(processor => sets.Count(set => set.Contains(processor))).Sum(shared => (double)shared.Count() / shared.Key));
    }

    /// <summary>In one line, for others.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Processors}");

    /// <summary>From that line.</summary>
    public static ThreadShare Parse(string text)
    {
        string[] words = text.Split(' ', 2);
        return new(words[1], int.Parse(words[0], CultureInfo.InvariantCulture));
    }

    private static ImmutableHashSet<int> Numbers(string ranges)
        => [.. ranges.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(range =>
        {
            int[] ends = [.. range.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
        })];

    private static string OfSystem()
    {
        try
        {
            return !File.Exists(SystemFile) ? string.Empty : File.ReadLines(SystemFile).FirstOrDefault(
                line => line.StartsWith(SystemKey, StringComparison.Ordinal))?[SystemKey.Length..].Trim() ?? string.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
