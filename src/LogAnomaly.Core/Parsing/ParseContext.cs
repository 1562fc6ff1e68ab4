namespace LogAnomaly.Parsing;

/// <summary>What a parser needs beside the line. One context serves one thread.</summary>
internal sealed class ParseContext
{
    /// <summary>Creates a context.</summary>
    /// <param name="source">Where the lines come from.</param>
    /// <param name="clock">Settles years and zones.</param>
    public ParseContext(LogSource source, LogClock clock)
    {
        Source = source;
        Clock = clock;
    }

    /// <summary>Where the lines come from.</summary>
    public LogSource Source { get; set; }

    /// <summary>Settles years and zones.</summary>
    public LogClock Clock { get; set; }

    /// <summary>Strings for values that repeat.</summary>
    public StringPool Pool { get; } = new();

    /// <summary>Day and zone of the last stamp of an access log, for the lines of the same day.</summary>
    public StampCache AccessStamps { get; } = new();

    /// <summary>What the ssh servers' processes said of their connections so far.</summary>
    public SshConnections Connections { get; } = new();
}
