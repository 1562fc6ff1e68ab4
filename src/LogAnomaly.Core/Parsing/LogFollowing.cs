using LogAnomaly.Reading;
namespace LogAnomaly.Parsing;
/// <summary>X.</summary>
internal sealed class LogFollowing
{
    /// <summary>X.</summary>
    public LogFollowing(LogReaderOptions options, ParseLedger ledger, IEnumerable<string> paths, bool waits) { _ = options; _ = ledger; _ = paths; _ = waits; }
    /// <summary>X.</summary>
#pragma warning disable CA1822
    public IEnumerable<LogEvent> Read(CancellationToken c) { _ = c; return []; }
}
