namespace BasinVolume.Data.Formats;

/// <summary>Where the channels of an image stand in an array.</summary>
public enum ChannelOrder
{
    /// <summary>[channels, rows, columns], as PyTorch has it.</summary>
    First,

    /// <summary>[rows, columns, channels], as TensorFlow and pictures have it.</summary>
    Last,
}
