namespace LogAnomaly.Parsing;

/// <summary>A program that writes to a system log, and what its name says of its lines: found once a name.</summary>
internal sealed class SyslogProgram
{
    /// <summary>Creates a program.</summary>
    /// <param name="bytes">The bytes of its name.</param>
    /// <param name="name">Its name.</param>
    public SyslogProgram(byte[] bytes, string name)
    {
        Bytes = bytes;
        Name = name;
        Auth = SyslogEvents.Family(name);
        System = SystemMessages.Family(name);
    }

    /// <summary>The bytes of the name.</summary>
    public byte[] Bytes { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The family of programs of authentication that it belongs to.</summary>
    public AuthProgram Auth { get; }

    /// <summary>The family of programs of the system that it belongs to.</summary>
    public SystemProgram System { get; }
}
