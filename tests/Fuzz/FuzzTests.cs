using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace BasinVolume.Fuzz.Tests;

/// <summary>What readers do with damaged files.</summary>
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int UsualInputs = 1_000;
    private const int MostFaults = 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("basin-volume-fuzz").FullName;

    public static TheoryData<string> Names => [.. Readers.All.Keys.Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_that_are_whole_are_taken(string name)
    {
        Reader reader = Readers.All[name];
        var watch = new Watch();
        Watch.Run([(watch, () => Assert.All(
            reader.Valid, file => Assert.Null(watch.FaultOf($"A whole file of '{name}'", () => reader.Read(_folder, Write(reader, _folder, file))))))]);
        // Of the ways to save a checkpoint a few hold no weights of this model, or two of them.
        Assert.InRange(watch.Taken, name.StartsWith("torch ", StringComparison.Ordinal) ? reader.Valid.Count / 2 : reader.Valid.Count, reader.Valid.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_files_give_a_result_or_a_sentence(string name)
    {
        Reader reader = Readers.All[name];
        int first = Setting("FIRST", 0), count = Setting("INPUTS", UsualInputs), workers = Environment.ProcessorCount;
        Watch[] watches = [.. Enumerable.Range(0, workers).Select(_ => new Watch())];
        var faults = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        long start = Stopwatch.GetTimestamp();
        Watch.Run([.. watches.Select((watch, worker) => (watch, (Action)(() => Look(watch, worker))))]);
        Watch all = Watch.Sum(watches);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {count} inputs in {Stopwatch.GetElapsedTime(start).TotalSeconds:f1} s, {all.Taken} taken, {faults.Count} kinds of faults, "
            + $"the slowest {all.Slowest.TotalMilliseconds:f1} ms, at most {all.MostAllocated / 1e6:f1} MB allocated"));
        Assert.True(faults.IsEmpty, string.Join("\n\n", faults.Values));

        void Look(Watch watch, int worker)
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, $"{worker}")).FullName;
            for (int number = first + worker; number - first < count && faults.Count < MostFaults; number += workers)
            {
                byte[] input = reader.Input(number);
                string path = Write(reader, folder, input), repeated = $"Repeat it with BASIN_VOLUME_FUZZ_FIRST={number} BASIN_VOLUME_FUZZ_INPUTS=1";
                if (watch.FaultOf($"Input {number} of '{name}' ({repeated})", () => reader.Read(folder, path)) is { } fault)
                    faults.TryAdd(KindOf(fault), $"Input {number} of '{name}': {fault}\n{repeated}; as Base64 it is {Shown(input)}");
            }
        }
    }

    [Fact]
    public void What_failed_once_is_well_now()
    {
        var watch = new Watch();
        string findings = Path.Combine(AppContext.BaseDirectory, "Findings");
        Watch.Run([(watch, () => Assert.All(Directory.EnumerateFiles(findings, "*", SearchOption.AllDirectories), file =>
        {
            Reader reader = Readers.All[Path.GetFileName(Path.GetDirectoryName(file)!)];
            string path = Write(reader, _folder, File.ReadAllBytes(file));
            Assert.Null(watch.FaultOf(file, () => reader.Read(_folder, path)));
            File.Delete(path);
        }))]);
    }

    [Fact]
    public void An_input_is_the_same_every_time() => Assert.All(Readers.All.Values, reader => Assert.Equal(reader.Input(17), reader.Input(17)));

    // Where it was thrown.
    private static string KindOf(string fault) => string.Join('\n', fault.Split('\n').Where(line => line.Contains(" at ", StringComparison.Ordinal)).Take(3));

    private static int Setting(string name, int usual)
        => int.TryParse(Environment.GetEnvironmentVariable($"BASIN_VOLUME_FUZZ_{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : usual;

    private static string Shown(byte[] input) => input.Length < 20_000 ? Convert.ToBase64String(input) : $"too long to show ({input.Length} bytes)";

    private static string Write(Reader reader, string folder, byte[] content)
    {
        string path = Path.Combine(folder, reader.File);
        File.WriteAllBytes(path, content);
        return path;
    }
}
