namespace LogAnomaly.Parsing;

/// <summary>What one process of an ssh server has said of the connection that it serves.</summary>
internal sealed class SshConnection
{
    /// <summary>Process id, or -1 for none.</summary>
    public int ProcessId { get; private set; } = -1;

    /// <summary>Host that wrote the lines, or null.</summary>
    public string? HostName { get; private set; }

    /// <summary>UTC ticks of the last line, or -1.</summary>
    public long UtcTicks { get; set; } = -1;

    /// <summary>Address of the client, or null.</summary>
    public string? SourceIP { get; set; }

    /// <summary>Name of the client, or null.</summary>
    public string? SourceHost { get; set; }

    /// <summary>Port of the client, or null.</summary>
    public int? SourcePort { get; set; }

    /// <summary>User who was refused on a line that is not itself the failure, or null.</summary>
    public string? RefusedUser { get; set; }

    /// <summary>Whether a failure was given on a line that names the source.</summary>
    public bool IsReported { get; set; }

    /// <summary>Whether a line without a source told of a failure that no other line has given yet.</summary>
    public bool IsPending { get; set; }

    /// <summary>Whether the user was let in.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Whether the client's disconnect message came; a process receives but one.</summary>
    public bool IsDisconnected { get; set; }

    /// <summary>Whether the last line of the connection was seen; the next one is of another.</summary>
    public bool IsClosed { get; set; }

    /// <summary>
    /// Forgets everything but the process and the time of its last line: a new connection of the same process id.
    /// </summary>
    public void Restart()
    {
        long last = UtcTicks;
        Reset(ProcessId, HostName);
        UtcTicks = last;
    }

    /// <summary>Forgets everything and takes a new process.</summary>
    /// <param name="processId">Process id, or -1 for none.</param>
    /// <param name="hostName">Host that wrote the line, or null.</param>
    public void Reset(int processId, string? hostName)
    {
        ProcessId = processId;
        HostName = hostName;
        UtcTicks = -1;
        SourceIP = null;
        SourceHost = null;
        SourcePort = null;
        RefusedUser = null;
        IsReported = false;
        IsPending = false;
        IsAccepted = false;
        IsClosed = false;
        IsDisconnected = false;
    }
}
