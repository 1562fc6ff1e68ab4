namespace LogAnomaly.Detection;

/// <summary>What is known of a stream of lines: one host in one log, whose rotated files are one.</summary>
internal class StreamState : EntityState
{
    /// <summary>Lines so far.</summary>
    public long Events { get; set; }
}
