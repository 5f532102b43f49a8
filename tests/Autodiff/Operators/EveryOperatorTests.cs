using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class EveryOperatorTests
{
    [Fact]
    public void Every_operator_has_its_tests()
    {
        // The operator that takes any function is tested with each.
        Type[] functions = [.. typeof(IPointwise).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IPointwise)))];
        IEnumerable<Type> all = typeof(Operator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract);
        Type[] plain = [.. all.Where(type => type != typeof(Pointwise<>))];
        string[] operators = [.. plain.Concat(functions).Select(type => type.Name)];
        string[] tested =
            [.. typeof(EveryOperatorTests).Assembly.GetTypes().Where(type => type.Namespace == typeof(EveryOperatorTests).Namespace).Select(type => type.Name)];
        Assert.NotEmpty(functions);
        Assert.NotEmpty(plain);
        Assert.Empty(operators.Select(name => $"{name}Tests").Except(tested));
    }
}
