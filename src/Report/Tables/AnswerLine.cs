namespace BasinVolume.Report.Tables;

/// <summary>A line of what a job answers, in brief: a terminal ends with these lines, and a page begins with them.</summary>
/// <param name="Name">What it is about, in a word or two.</param>
/// <param name="Value">What came out.</param>
public sealed record AnswerLine(string Name, string Value);
