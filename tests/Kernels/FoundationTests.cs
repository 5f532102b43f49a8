namespace BasinVolume.Kernels.Tests;
public class FoundationTests { [Fact] public void Runs() => Assert.True(true); }
