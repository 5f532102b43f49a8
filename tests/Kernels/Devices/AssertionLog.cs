using System.Collections.Concurrent;
using System.Diagnostics;

namespace BasinVolume.Kernels.Tests.Devices;

/// <summary>Keeps the assertions that failed, so that a test can fail by them.</summary>
internal sealed class AssertionLog : TraceListener
{
    private readonly ConcurrentQueue<string> _failures = new();

    public override void Fail(string? message, string? detailMessage) => _failures.Enqueue($"{message} {detailMessage}");

    public override void Write(string? message)
    {
    }

    public override void WriteLine(string? message)
    {
    }

    public void AssertNone()
    {
        string[] all = [.. _failures.Take(5)];
        _failures.Clear();
        Assert.True(all.Length == 0, $"ILGPU asserted: {string.Join("; ", all)}");
    }
}
