namespace LogAnomaly.Parsing;

/// <summary>
/// What the lines of a system log share with those before them: stamp, hosts and programs, so that a line pays only for
/// what is new in it, and the last event of each host, for the lines that say that it was repeated.
/// </summary>
internal sealed class SyslogState
{
    private const int SlotCount = 1024;

    private readonly byte[]?[] _hostBytes = new byte[]?[SlotCount];
    private readonly string[] _hosts = new string[SlotCount];
    private readonly SyslogProgram?[] _programs = new SyslogProgram?[SlotCount];
    private readonly Dictionary<string, AuditType> _auditTypes = new(StringComparer.Ordinal);

    /// <summary>The last stamp.</summary>
    public SyslogStampCache Stamps { get; } = new();

    /// <summary>The last events of the hosts.</summary>
    public SyslogRepeats Repeats { get; } = new();

    /// <summary>The name of a host.</summary>
    /// <param name="bytes">Its bytes, at least one.</param>
    /// <param name="pool">Strings for names that are not among the last ones.</param>
    /// <returns>The name.</returns>
    public string Host(ReadOnlySpan<byte> bytes, StringPool pool)
    {
        int slot = Slot(bytes);
        if (_hostBytes[slot] is { } known && bytes.SequenceEqual(known))
        {
            return _hosts[slot];
        }

        string host = pool.Get(bytes);
        _hostBytes[slot] = bytes.ToArray();
        _hosts[slot] = host;
        return host;
    }

    /// <summary>A program, with what its lines can be about.</summary>
    /// <param name="bytes">The bytes of its name, at least one.</param>
    /// <param name="pool">Strings for names that are not among the last ones.</param>
    /// <returns>The program.</returns>
    public SyslogProgram Program(ReadOnlySpan<byte> bytes, StringPool pool)
    {
        int slot = Slot(bytes);
        if (_programs[slot] is { } known && bytes.SequenceEqual(known.Bytes))
        {
            return known;
        }

        SyslogProgram program = new(bytes.ToArray(), pool.Get(bytes));
        _programs[slot] = program;
        return program;
    }

    /// <summary>A type of record of the audit.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The type; of names that are not known only some are kept.</returns>
    public AuditType AuditType(string name)
    {
        if (!_auditTypes.TryGetValue(name, out AuditType? type))
        {
            type = Parsing.AuditType.Find(name);
            if (_auditTypes.Count < SlotCount)
            {
                _auditTypes.Add(name, type);
            }
        }

        return type;
    }

    private static int Slot(ReadOnlySpan<byte> bytes)
    {
        uint mark = bytes[0] | ((uint)bytes[^1] << 8) | ((uint)bytes[bytes.Length >> 1] << 16)
            | ((uint)bytes.Length << 24);
        return (int)((mark * 0x9E3779B1) >> 22) & (SlotCount - 1);
    }
}
