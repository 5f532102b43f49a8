using System.Reflection;
using BasinVolume.Report.Findings;

namespace BasinVolume.Report.Tests.Findings;

/// <summary>A listener need not hear everything, so that a finding which is not passed on would be lost without a word.</summary>
public sealed class RelayTests
{
    [Fact]
    public void Every_finding_is_passed_on()
    {
        InterfaceMapping map = typeof(Listeners).GetInterfaceMap(typeof(IFindings));
        Assert.All(map.TargetMethods, method => Assert.Equal(typeof(Relay), method.DeclaringType));
    }
}
