using System.Collections.ObjectModel;

namespace LogAnomaly.Parsing;

/// <summary>
/// A message of ModSecurity 2 and 3 (and of Coraza):
/// <code>
/// [client address] ModSecurity: (Warning. / Access denied with code 403 (phase 2). / ...) text [name "value"] ...
/// </code>
/// What the rule matched is the client's text and may look like fields; so the fields are the run of them that reaches
/// the end of the message. A message that was cut has no such run: then they begin at the first <c>[file "</c> or
/// <c>[id "</c>.
/// </summary>
internal ref struct ModSecurityMessage
{
    private ReadOnlySpan<byte> _fields;

    /// <summary>Whether the request was stopped.</summary>
    public bool IsDenied { get; private set; }

    /// <summary>Id of the rule, or empty.</summary>
    public ReadOnlySpan<byte> RuleId { get; private set; }

    /// <summary>What the rule says of itself, or empty.</summary>
    public ReadOnlySpan<byte> RuleName { get; private set; }

    /// <summary>Severity, a word or a number, or empty.</summary>
    public ReadOnlySpan<byte> Severity { get; private set; }

    /// <summary>Id of the request, or empty.</summary>
    public ReadOnlySpan<byte> UniqueId { get; private set; }

    /// <summary>Host that the request was for, or empty.</summary>
    public ReadOnlySpan<byte> HostName { get; private set; }

    /// <summary>Path of the request, or empty.</summary>
    public ReadOnlySpan<byte> Uri { get; private set; }

    /// <summary>Address of the client as the message has it, or empty.</summary>
    public ReadOnlySpan<byte> Client { get; private set; }

    /// <summary>Bytes of the message before its fields.</summary>
    public int TextLength { get; private set; }

    /// <summary>Reads a message.</summary>
    /// <param name="text">The message, without what the server adds behind it.</param>
    /// <param name="message">What it says.</param>
    /// <returns>Whether it is one of ModSecurity.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out ModSecurityMessage message)
    {
        message = default;
        FieldScanner scanner = new(text);
        if (scanner.TrySkip("[client "u8) && scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> client))
        {
            message.Client = client.Trim((byte)'"');
            scanner.SkipSpaces();
        }

        if (!scanner.TrySkip("ModSecurity: "u8) && !scanner.TrySkip("ModSecurity-nginx: "u8)
            && !scanner.TrySkip("Coraza: "u8))
        {
            return false;
        }

        message.ReadText(text, scanner.Position);
        return true;
    }

    /// <summary>Reads a message of an audit log, which may lack the name of the program.</summary>
    /// <param name="text">The message.</param>
    /// <returns>What it says.</returns>
    public static ModSecurityMessage Read(ReadOnlySpan<byte> text)
    {
        if (!TryRead(text, out ModSecurityMessage message))
        {
            message = default;
            message.ReadText(text, 0);
        }

        return message;
    }

    private void ReadText(ReadOnlySpan<byte> text, int position)
    {
        IsDenied = text[position..].StartsWith("Access denied"u8);
        int start = FieldsStart(text, position);
        TextLength = start;
        _fields = text[start..];
        ReadOnlySpan<byte> rest = _fields;
        while (TryTake(ref rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            Assign(name, value);
        }
    }

    /// <summary>
    /// The fields that have no place of their own; of a name that stands there more than once (tag) all values.
    /// </summary>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>The fields.</returns>
    public readonly ReadOnlyDictionary<string, object?> ToProperties(StringPool pool)
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = _fields;
        while (TryTake(ref rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            if (value.IsEmpty || name.SequenceEqual("id"u8) || name.SequenceEqual("msg"u8))
            {
                continue;
            }

            string key = pool.Get(name);
            string text = pool.Get(value);
            if (!properties.TryAdd(key, text) && key == "tag")
            {
                properties[key] = $"{properties[key]}, {text}";
            }
        }

        return properties.AsReadOnly();
    }

    private void Assign(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("id"u8))
        {
            RuleId = RuleId.IsEmpty ? value : RuleId;
        }
        else if (name.SequenceEqual("msg"u8))
        {
            RuleName = RuleName.IsEmpty ? value : RuleName;
        }
        else if (name.SequenceEqual("severity"u8))
        {
            Severity = Severity.IsEmpty ? value : Severity;
        }
        else if (name.SequenceEqual("unique_id"u8))
        {
            UniqueId = value;
        }
        else if (name.SequenceEqual("hostname"u8))
        {
            HostName = value;
        }
        else if (name.SequenceEqual("uri"u8))
        {
            Uri = value;
        }
    }

    private static int FieldsStart(ReadOnlySpan<byte> text, int from)
    {
        int first = -1;
        int at = from;
        for (int tries = 0; tries < 64; tries++)
        {
            int next = text[at..].IndexOf(" ["u8);
            if (next < 0)
            {
                break;
            }

            at += next + 1;
            ReadOnlySpan<byte> rest = text[at..];
            if (first < 0
                && (rest.StartsWith("[file \""u8) || rest.StartsWith("[id \""u8) || rest.StartsWith("[hostname \""u8)))
            {
                first = at;
            }

            bool isAny = false;
            while (TryTake(ref rest, out _, out _))
            {
                isAny = true;
            }

            if (isAny && rest.IsEmpty)
            {
                return at;
            }
        }

        return first < 0 ? text.Length : first;
    }

    // [name "value"], with a backslash before a quote in the value; a space may follow.
    private static bool TryTake(
        scoped ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        int space = text.Length > 4 && text[0] == '[' ? text.IndexOf((byte)' ') : -1;
        if (space < 2 || space + 1 >= text.Length || text[space + 1] != '"' || !IsName(text[1..space]))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[(space + 2)..];
        int at = 0;
        while (true)
        {
            int end = rest[at..].IndexOf("\"]"u8);
            if (end < 0)
            {
                return false;
            }

            at += end;
            if (!FieldSplits.IsEscaped(rest, at) && (at + 2 == rest.Length || rest[at + 2] == ' '))
            {
                break;
            }

            at++;
        }

        name = text[1..space];
        value = rest[..at];
        text = rest[(at + 2)..].TrimStart((byte)' ');
        return true;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (byte next in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)next) && next != '_')
            {
                return false;
            }
        }

        return true;
    }
}
