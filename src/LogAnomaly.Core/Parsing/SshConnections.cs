namespace LogAnomaly.Parsing;

/// <summary>
/// Joins the lines of ssh connections by host and process id: an ssh server has one process a connection. So a line
/// without an address gets that of its connection, and one refused attempt is one failure, though several lines tell of
/// it. Bounded: a process replaces another of the same slot, and a silence of ten minutes ends a connection.
/// </summary>
internal sealed class SshConnections
{
    private const int SlotCount = 1024;
    private static readonly long s_longestSilence = TimeSpan.FromMinutes(10).Ticks;

    private readonly SshConnection?[] _slots = new SshConnection?[SlotCount];
    private readonly SshConnection _unknown = new();
    private LogSource? _source;

    /// <summary>The connection that a line belongs to.</summary>
    /// <param name="line">Event of the line, with host, process id and time.</param>
    /// <returns>The connection; an empty one where the line has no process id.</returns>
    public SshConnection Of(AuthEvent line)
    {
        if (!ReferenceEquals(_source, line.Source))
        {
            Array.Clear(_slots);
            _source = line.Source;
        }

        if (line.ProcessId is not { } process)
        {
            _unknown.Reset(-1, null);
            return _unknown;
        }

        SshConnection connection = _slots[process & (SlotCount - 1)] ??= new SshConnection();
        bool isSame = !connection.IsClosed && connection.ProcessId == process && connection.HostName == line.HostName
            && Math.Abs(connection.UtcTicks - line.UtcTicks) <= s_longestSilence;
        if (!isSame)
        {
            connection.Reset(process, line.HostName);
        }

        connection.UtcTicks = line.UtcTicks;
        return connection;
    }
}
