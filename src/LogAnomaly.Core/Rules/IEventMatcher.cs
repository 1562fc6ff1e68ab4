namespace LogAnomaly.Rules;

/// <summary>Says which rules of one event an event satisfies.</summary>
internal interface IEventMatcher
{
    /// <summary>Finds the rules that an event satisfies.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="matched">Takes the indexes of the rules; it is empty before.</param>
    void Match(LogEvent logEvent, List<int> matched);
}
