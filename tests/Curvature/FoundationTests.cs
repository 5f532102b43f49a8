namespace BasinVolume.Curvature.Tests;
public class FoundationTests { [Fact] public void Runs() => Assert.True(true); }
