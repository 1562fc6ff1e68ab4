namespace LogAnomaly.Templates;

/// <summary>
/// The bytes that stand for values in shapes and masked messages; all are below the space and stand in no message.
/// </summary>
internal static class Mark
{
    /// <summary>What varies without a form of its own.</summary>
    public const byte Any = 1;

    /// <summary>A decimal number.</summary>
    public const byte Number = 2;

    /// <summary>A hexadecimal number.</summary>
    public const byte Hex = 3;

    /// <summary>An IP address.</summary>
    public const byte Address = 4;

    /// <summary>A MAC address.</summary>
    public const byte Mac = 5;

    /// <summary>A UUID.</summary>
    public const byte Uuid = 6;

    /// <summary>Letters and digits that are no word.</summary>
    public const byte Identifier = 7;

    /// <summary>A user.</summary>
    public const byte User = 8;

    /// <summary>A host by name.</summary>
    public const byte Host = 11;

    /// <summary>A command.</summary>
    public const byte Command = 12;

    /// <summary>A path.</summary>
    public const byte Path = 14;

    /// <summary>A URL.</summary>
    public const byte Url = 15;

    /// <summary>A mail address.</summary>
    public const byte Email = 16;

    /// <summary>A time of day or date.</summary>
    public const byte Time = 17;

    /// <summary>A length of time.</summary>
    public const byte Duration = 18;

    /// <summary>An amount of data.</summary>
    public const byte Size = 19;

    /// <summary>Quoted text.</summary>
    public const byte Quoted = 20;

    /// <summary>
    /// The first of eight marks of a user who is named by <c>user=</c>, one for each eighth of all names, so that a few
    /// users are told from many.
    /// </summary>
    public const byte NamedUser = 21;

    /// <summary>A control character of the message itself.</summary>
    public const byte OtherControl = 31;

    /// <summary>Whether a character is the mark of a user who is named by <c>user=</c>.</summary>
    /// <param name="value">The character.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsNamedUser(char value) => value is >= (char)NamedUser and < (char)(NamedUser + 8);

    /// <summary>Whether a character is a mark.</summary>
    /// <param name="value">The character.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsMark(char value) => value is > '\0' and < ' ' and not (char)OtherControl;

    /// <summary>How a mark is written in a template.</summary>
    /// <param name="mark">The mark.</param>
    /// <returns>Its name in angle brackets.</returns>
    public static string TextOf(char mark) => (byte)mark switch
    {
        Number => "<num>",
        Hex => "<hex>",
        Address => "<ip>",
        Mac => "<mac>",
        Uuid => "<uuid>",
        Identifier => "<id>",
        User => "<user>",
        Host => "<host>",
        Command => "<command>",
        Path => "<path>",
        Url => "<url>",
        Email => "<email>",
        Time => "<time>",
        Duration => "<duration>",
        Size => "<size>",
        Quoted => "<quoted>",
        >= NamedUser and < NamedUser + 8 => "<user>",
        OtherControl => "?",
        _ => LogTemplate.Variable,
    };
}
