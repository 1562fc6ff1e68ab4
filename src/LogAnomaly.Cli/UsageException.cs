namespace LogAnomaly.Cli;

/// <summary>What the user asked for cannot be done; the message names the thing and the remedy.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public UsageException(string message)
        : base(message)
    {
    }
}
