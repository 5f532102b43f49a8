namespace BasinVolume.Mnist.Commands;

/// <summary>
/// Where the images are when nobody says: data/mnist here, beside the program (the installed tool has it there), or beside the sources that it was built from.
/// </summary>
internal static class DataFolders
{
    private static readonly string Usual = Path.Combine("data", "mnist");

    /// <summary>
    /// The first data/mnist found, looking in the current folder and then from the program's folder upwards;
    /// the current folder's, found or not, if there is none.
    /// </summary>
    public static string Default()
    {
        if (Directory.Exists(Usual))
            return Usual;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, Usual);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return Usual;
    }
}
