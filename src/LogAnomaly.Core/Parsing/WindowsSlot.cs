namespace LogAnomaly.Parsing;

/// <summary>The parts of the header of a Windows record.</summary>
internal enum WindowsSlot
{
    /// <summary>Id of the event.</summary>
    EventId,

    /// <summary>Provider.</summary>
    Provider,

    /// <summary>Channel.</summary>
    Channel,

    /// <summary>Computer.</summary>
    Computer,

    /// <summary>Level.</summary>
    Level,

    /// <summary>Number of the record.</summary>
    RecordId,

    /// <summary>Process that wrote it.</summary>
    ProcessId,

    /// <summary>Thread that wrote it.</summary>
    ThreadId,

    /// <summary>Time.</summary>
    Time,

    /// <summary>Keywords, or a word for the outcome of an audit.</summary>
    Keywords,

    /// <summary>Text.</summary>
    Message,
}
