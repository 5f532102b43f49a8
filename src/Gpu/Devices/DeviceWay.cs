using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Devices;

/// <summary>A way of reaching devices of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="IsNumbered">Whether there may be several, which are told apart by a number.</param>
/// <param name="Search">Finds them; gives what can be said where there is none.</param>
internal sealed record DeviceWay(DeviceKind Kind, bool IsNumbered, Func<IReadOnlyList<Finding>> Search)
{
    /// <summary>What to ask for: "cpu", "cuda[:i]".</summary>
    public string Usage => IsNumbered ? $"{Kind}[:i]" : Kind.Name;

    /// <summary>Finds its devices; a broken driver must not keep others from being listed.</summary>
    public IReadOnlyList<Finding> Find()
    {
        try
        {
            return Search();
        }
        catch (Exception e)
        {
            string reason = $"the search for devices failed: {e.Message}";
            return [Finding.Unusable(new DeviceCandidate(Kind.Name, $"no {Kind} device", Kind, false, 0, false, reason))];
        }
    }
}
