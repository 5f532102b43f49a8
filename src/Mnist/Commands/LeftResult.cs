using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>A result that a job left.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Record">What it says.</param>
internal sealed record LeftResult(RunFolder Folder, IRunRecord Record);
