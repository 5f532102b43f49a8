using System.Globalization;

namespace BasinVolume.Mnist.Commands;

/// <summary>How wide help is: as the terminal, or as COLUMNS says where there is none, but no wider than lines are read.</summary>
internal static class HelpWidth
{
    private const int Least = 40, Most = 120, Usual = 100;

    /// <summary>The longest line.</summary>
    public static int Here() => Math.Clamp(Console.IsOutputRedirected ? Said() : Terminal(), Least, Most);

    private static int Said()
        => int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) ? columns : Usual;

    private static int Terminal()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
