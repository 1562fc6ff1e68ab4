namespace LogAnomaly.Cli.Output;

/// <summary>A form in which events are printed.</summary>
internal interface IEventPrinter : IDisposable
{
    /// <summary>Prints an event.</summary>
    /// <param name="logEvent">The event.</param>
    void Print(LogEvent logEvent);

    /// <summary>Hands on all that was printed.</summary>
    void Flush();
}
