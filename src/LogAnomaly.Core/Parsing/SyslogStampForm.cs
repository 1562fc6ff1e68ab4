namespace LogAnomaly.Parsing;

/// <summary>The forms of the stamps of system logs, as far as they tell what may follow.</summary>
internal enum SyslogStampForm
{
    /// <summary>No stamp.</summary>
    None = 0,

    /// <summary>With the name of the month, as in RFC 3164.</summary>
    Named,

    /// <summary>ISO 8601.</summary>
    Iso,

    /// <summary>Weekday, ISO 8601 and the name of a zone.</summary>
    Full,

    /// <summary>Weekday, month, day, time and year, as <c>asctime</c> writes it.</summary>
    Weekday,

    /// <summary>Seconds since 1970.</summary>
    Epoch,

    /// <summary>Seconds since the start of the machine, in brackets.</summary>
    Uptime,
}
