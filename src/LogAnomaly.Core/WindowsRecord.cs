namespace LogAnomaly;

/// <summary>
/// A record of the Windows event log by its values: what <c>Get-WinEvent</c> gives, or any object of that shape. Feed
/// it to <c>WindowsEvents.FromRecord</c>.
/// </summary>
public sealed record WindowsRecord
{
    /// <summary>Id of the event.</summary>
    public int Id { get; init; }

    /// <summary>Provider, such as <c>Microsoft-Windows-Security-Auditing</c>, or null.</summary>
    public string? ProviderName { get; init; }

    /// <summary>Channel, such as <c>Security</c>, or null.</summary>
    public string? LogName { get; init; }

    /// <summary>Number of the record in its channel, or null.</summary>
    public long? RecordId { get; init; }

    /// <summary>Computer that wrote the record, or null.</summary>
    public string? MachineName { get; init; }

    /// <summary>Time of the record, or null.</summary>
    public DateTimeOffset? TimeCreated { get; init; }

    /// <summary>Level from 0 (always) over 1 (critical) to 5 (verbose), or null.</summary>
    public int? Level { get; init; }

    /// <summary>Word for the level, used where <see cref="Level"/> is null.</summary>
    public string? LevelDisplayName { get; init; }

    /// <summary>Keywords, of which the two of an audit's success and failure tell the outcome, or null.</summary>
    public long? Keywords { get; init; }

    /// <summary>Process that wrote the record, or null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Thread that wrote the record, or null.</summary>
    public long? ThreadId { get; init; }

    /// <summary>Security identifier of the user in whose name the record was written, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>Text of the record, or null.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The values of the record in their order, without names; names are known for the important events.
    /// </summary>
    public IReadOnlyList<object?> Properties { get; init; } = [];

    /// <summary>The values of the record with their names; goes before <see cref="Properties"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Data { get; init; } = [];

    /// <summary>The record as XML, which goes before all other values, or null.</summary>
    public string? Xml { get; init; }
}
