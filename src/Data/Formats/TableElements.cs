namespace BasinVolume.Data.Formats;

/// <summary>What the columns of a table are.</summary>
public enum TableElements
{
    /// <summary>The pixels of an image.</summary>
    Pixels,

    /// <summary>Numbers, each by itself.</summary>
    Numbers,
}
