namespace LogAnomaly.Parsing;

/// <summary>What the text of a field in a format string can hold, and so where it ends.</summary>
internal enum FieldShape
{
    /// <summary>Anything: it ends where what follows fits.</summary>
    Free = 0,

    /// <summary>A number with or without sign and fraction, a hyphen, or nothing.</summary>
    Number,

    /// <summary>Anything but spaces and quotes.</summary>
    Word,

    /// <summary>
    /// Words with <c>, </c> or <c> : </c> between them, as nginx writes what it asked of several servers.
    /// </summary>
    List,

    /// <summary>Anything between quotes; the server escapes quotes in it.</summary>
    Quoted,

    /// <summary>A single byte.</summary>
    Byte,

    /// <summary>A time by a pattern.</summary>
    Stamp,

    /// <summary>A time of the common log format.</summary>
    CommonStamp,

    /// <summary>A time of ISO 8601.</summary>
    IsoStamp,
}
