namespace BasinVolume.Kernels;

/// <summary>
/// An error that a person can act on: its message says what went wrong, where, what was expected, what was found, and what to do.
/// The program prints the message and nothing else; every other exception is a fault of ours.
/// </summary>
public abstract class ExplainedException : Exception
{
    /// <summary>An error with its explanation.</summary>
    /// <param name="message">One sentence for the person at the keyboard; whatever foreign text it quotes is made <see cref="Printable"/> here.</param>
    /// <param name="inner">What caused it, if something did.</param>
    protected ExplainedException(string message, Exception? inner = null)
        : base(Printable.Message(message), inner)
    {
    }
}
