using System.Diagnostics;
using System.Text;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>Collects what is written to Trace while a kernel is built: ILGPU reports compilers' messages nowhere else.</summary>
internal sealed class BuildLog : TraceListener
{
    private readonly StringBuilder _text = new();

    public BuildLog() => Trace.Listeners.Add(this);

    public override void Write(string? message) => _text.Append(message);

    public override void WriteLine(string? message) => _text.Append(message).AppendLine();

    public override string ToString() => _text.ToString().Trim();

    protected override void Dispose(bool disposing)
    {
        Trace.Listeners.Remove(this);
        base.Dispose(disposing);
    }
}
