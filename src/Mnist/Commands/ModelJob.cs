using System.CommandLine;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Options;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>What surrounds every job that leaves models: its folder, log and view, and the device.</summary>
internal static class ModelJob
{
    /// <summary>Runs a job.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="options">What was asked; checked here.</param>
    /// <param name="kind">What kind of job it is.</param>
    /// <param name="work">Does it and publishes its result.</param>
    /// <returns>An exit code.</returns>
    public static int Run(ParseResult parsed, JobOptions options, RunKind kind, Func<Run, Outcome> work)
    {
        options.Check();
        return LoggedJob.Run(parsed, options.OutputFolder, kind, run =>
        {
            using Device device = RankedDevice.Open(options.Device, options.Threads, Company.Of(parsed).Ranks);
            run.View.Say(Where(device, options.Precision));
            return work(new Run(device, run));
        });
    }

    /// <summary>Where and in what numbers a job computes, for a person.</summary>
    public static string Where(Device device, Precision precision)
    {
        DeviceDescription its = device.Description;
        return $"{its.Kind}: {its.Name}, {Printable.Counted(its.Threads, "thread")}, {ChoiceNames.Of(precision)}";
    }
}

/// <summary>What a job works with that computes on a device.</summary>
/// <param name="Device">Where it computes.</param>
/// <param name="Logged">What it leaves.</param>
internal sealed record Run(Device Device, LoggedRun Logged)
{
    /// <summary>Who watches.</summary>
    public RunView View => Logged.View;

    /// <summary>Who is told what the job finds.</summary>
    public IFindings Findings => Logged.Findings;

    /// <summary>What keeps its work while it is not finished.</summary>
    public Checkpoint Checkpoint => Logged.Checkpoint;

    /// <summary>Leaves the result, its page, and all that was written.</summary>
    public void Publish(IRunRecord result) => Logged.Publish(result);
}
