using System.Globalization;
using BasinVolume.Benchmarks.Cluster;
using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Benchmarks.Coverage;
using BasinVolume.Benchmarks.Field;
using BasinVolume.Benchmarks.PeerGroups;
using BasinVolume.Kernels;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (Scaling.RunCase(args))
    return;
switch (args)
{
    case ["peers", .. string[] words]:
        PeerComparison.Run(words);
        break;
    case ["scaling"]:
        Scaling.Run();
        break;
    case ["cluster"]:
        Console.Write(ClusterTables.All());
        break;
    case ["chunks"]:
        ChunkSweep.Run("lenet5", rounds: 3);
        break;
    case ["chunks", string network, string rounds]:
        ChunkSweep.Run(network, int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    case ["coverage", .. string[] numbers]:
        int[] counts = [.. numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        IntervalCoverage.Run(repetitions: counts.FirstOrDefault(400), firstSeed: (ulong)counts.Skip(1).FirstOrDefault(1));
        break;
    case ["device", string spec]:
        try
        {
            DeviceRates.Run(spec);
        }
        catch (DeviceException e)
        {
            Console.Error.WriteLine(e.Message);
            Environment.ExitCode = 1;
        }

        break;
    default:
        // In this process, because the benchmarks read data from the repository and need no second build of it.
        IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
        break;
}
