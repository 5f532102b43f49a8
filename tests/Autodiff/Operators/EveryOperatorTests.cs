using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class EveryOperatorTests
{
    [Fact]
    public void Every_operator_has_its_tests()
    {
        string[] operators = [.. typeof(Operator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract).Select(type => type.Name)];
        string[] tested = [.. typeof(EveryOperatorTests).Assembly.GetTypes().Where(type => type.Namespace == typeof(EveryOperatorTests).Namespace).Select(type => type.Name)];
        Assert.NotEmpty(operators);
        Assert.Empty(operators.Select(name => $"{name}Tests").Except(tested));
    }
}
