namespace LogAnomaly;

/// <summary>What the values are that stand in one place of a template.</summary>
public enum LogParameterType
{
    /// <summary>Values of no form of their own, or of several.</summary>
    Any,

    /// <summary>Decimal numbers, with sign, fraction or per cent.</summary>
    Number,

    /// <summary>Hexadecimal numbers.</summary>
    Hex,

    /// <summary>IP addresses.</summary>
    IPAddress,

    /// <summary>MAC addresses.</summary>
    Mac,

    /// <summary>UUIDs.</summary>
    Uuid,

    /// <summary>Paths of files.</summary>
    Path,

    /// <summary>URLs.</summary>
    Url,

    /// <summary>Mail addresses.</summary>
    Email,

    /// <summary>Hosts, by name or by name and address.</summary>
    Host,

    /// <summary>Users.</summary>
    User,

    /// <summary>Commands.</summary>
    Command,

    /// <summary>Lengths of time with their unit.</summary>
    Duration,

    /// <summary>Amounts of data with their unit.</summary>
    Size,

    /// <summary>Times of day or dates.</summary>
    Time,

    /// <summary>Letters and digits that are no word.</summary>
    Identifier,
}
