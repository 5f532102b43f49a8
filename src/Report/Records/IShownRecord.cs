using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What a command found, and how that is shown to people: the same in a terminal and on a page.</summary>
public interface IShownRecord
{
    /// <summary>The answer in brief: at most five lines, of what was computed, at which weights, and what came out.</summary>
    IEnumerable<AnswerLine> Answer();

    /// <summary>All that it found.</summary>
    IEnumerable<Section> Sections();
}
