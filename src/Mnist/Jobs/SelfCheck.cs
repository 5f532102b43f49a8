using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;

namespace BasinVolume.Mnist.Jobs;

/// <summary>The identities that the derivatives of a model were checked against.</summary>
/// <param name="Whose">What the model is called.</param>
/// <param name="Checks">The checks.</param>
public sealed record CheckedDerivatives(string Whose, ImmutableArray<IdentityCheck> Checks);

/// <summary>What is said of a set of checks.</summary>
public static class SelfCheck
{
    /// <summary>One line: "9 of 9 identities hold; closest to its bound: trace, 0.12 of it", or which are broken.</summary>
    public static string Summary(IReadOnlyCollection<IdentityCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        IdentityCheck[] applying = [.. checks.Where(check => check.Applies)];
        if (applying.Length == 0)
            return "no identity applies";
        int passed = applying.Count(check => check.Passed);
        IdentityCheck closest = IdentityCheck.Worst(applying);
        string holding = string.Create(CultureInfo.InvariantCulture, $"{passed} of {applying.Length} identities hold");
        return passed == applying.Length
            ? string.Create(CultureInfo.InvariantCulture, $"{holding}; closest to its bound: {closest.Name}, {closest.Share:g2} of it")
            : $"{holding}; BROKEN: {Broken(applying)}";
    }

    /// <summary>Makes sure that nothing is broken.</summary>
    /// <param name="all">What was checked.</param>
    /// <exception cref="IdentityException">Something is.</exception>
    public static void Demand(ImmutableArray<CheckedDerivatives> all)
    {
        string[] broken = [.. all.Where(derivatives => derivatives.Checks.Any(check => !check.Passed)).Select(
            derivatives => $"{derivatives.Whose} ({Broken(derivatives.Checks)})")];
        if (broken.Length > 0)
            throw new IdentityException(
                $"The derivatives of {string.Join(" and of ", broken)} break what must hold exactly, so they are wrong here; "
                + $"run 'verify' with the same --device and --precision, then with --device cpu --precision float64, and report what differs.");
    }

    private static string Broken(IEnumerable<IdentityCheck> checks) => string.Join(", ", checks.Where(check => !check.Passed).Select(check => check.Name));
}
