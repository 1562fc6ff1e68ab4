using System.Buffers.Text;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Makes the value of a field of the value of a structured line, or says that it is no such value: an address must be
/// an address and a status a number, so that a name that means something else here does no harm.
/// </summary>
internal static class FieldConversion
{
    private const int LongestText = 32 * 1024;
    private const int LongestWord = 64;

    private static readonly System.Buffers.SearchValues<byte> s_versionBytes =
        System.Buffers.SearchValues.Create("0123456789."u8);

    /// <summary>
    /// Converts a value for a field that is held apart (not the time, level, message or header fields).
    /// </summary>
    /// <param name="alias">The field and how the value is meant.</param>
    /// <param name="type">What the value is by its syntax.</param>
    /// <param name="value">The value.</param>
    /// <param name="pool">Strings for values that repeat, or null.</param>
    /// <param name="converted">The value of the field.</param>
    /// <returns>Whether it can be one.</returns>
    public static bool TryConvert(
        PropertyAlias alias, RecordValueType type, ReadOnlySpan<byte> value, StringPool? pool, out object? converted)
    {
        converted = null;
        if (type == RecordValueType.Array)
        {
            value = FirstText(value);
            type = RecordValueType.Text;
        }

        ReadOnlySpan<byte> text = value.Trim(" \t\r\n"u8);
        if (type is RecordValueType.None or RecordValueType.Object || IsNothing(text))
        {
            return false;
        }

        converted = alias.Field switch
        {
            LogField.SourceIP or LogField.DestinationIP => ToAddress(text, pool),
            LogField.SourcePort or LogField.DestinationPort => (object?)ToInt32(text, 0, 65535),
            LogField.StatusCode => ToInt32(text, 100, 999),
            LogField.EventId or LogField.SystemErrorCode or LogField.RepeatCount => ToInt32(text, 0, int.MaxValue),
            LogField.ProcessId => ToInt32(text, 0, int.MaxValue),
            LogField.ThreadId or LogField.BytesSent or LogField.BytesReceived or LogField.RecordId => ToInt64(text),
            LogField.DurationMs => DurationText.ToMilliseconds(text, alias.Form),
            LogField.Outcome => OutcomeWords.Parse(type, text, alias.Form),
            _ => ToText(alias, type, text, pool),
        };
        return converted is not null;
    }

    /// <summary>
    /// The port behind the address in a value such as <c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>.
    /// </summary>
    /// <param name="text">The value.</param>
    /// <returns>The port, or null.</returns>
    public static int? PortOf(ReadOnlySpan<byte> text)
    {
        int colon = text.LastIndexOf((byte)':');
        bool hasPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf((byte)':') == colon);
        return hasPort && FieldScanner.ToInt32(text[(colon + 1)..]) is { } port and <= 65535 ? port : null;
    }

    /// <summary>Whether a text stands for no value.</summary>
    /// <param name="text">The text, without spaces around it.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsNothing(ReadOnlySpan<byte> text) =>
        text.IsEmpty || text.SequenceEqual("-"u8) || text.SequenceEqual("--"u8) || text.SequenceEqual("null"u8)
        || text.SequenceEqual("(null)"u8) || text.SequenceEqual("<nil>"u8) || text.SequenceEqual("None"u8)
        || text.SequenceEqual("N/A"u8);

    /// <summary>The first element of an array that is a text or a number.</summary>
    /// <param name="array">The array as JSON.</param>
    /// <returns>Its text without escapes, or empty.</returns>
    public static ReadOnlySpan<byte> FirstText(ReadOnlySpan<byte> array)
    {
        System.Text.Json.Utf8JsonReader reader = new(array, JsonSyntax.Options);
        if (!reader.Read() || !reader.Read() || reader.TokenType is not
            (System.Text.Json.JsonTokenType.String or System.Text.Json.JsonTokenType.Number))
        {
            return default;
        }

        return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonSyntax.Text(ref reader)) : reader.ValueSpan;
    }

    private static string? ToAddress(ReadOnlySpan<byte> text, StringPool? pool)
    {
        if (SourceAddress.TryParse(text, out ReadOnlySpan<byte> literal))
        {
            return Get(literal, pool);
        }

        // "192.0.2.1:80", "[2001:db8::1]:80", "/192.0.2.1:80" (Java) and the first of a list.
        int comma = text.IndexOf((byte)',');
        text = comma < 0 ? text : text[..comma];
        text = text.StartsWith("/"u8) ? text[1..] : text;
        if (PortOf(text) is not null)
        {
            text = text[..text.LastIndexOf((byte)':')];
        }

        return SourceAddress.TryParse(text, out literal) ? Get(literal, pool) : null;
    }

    private static string? ToText(PropertyAlias alias, RecordValueType type, ReadOnlySpan<byte> text, StringPool? pool)
    {
        if (text.Length > LongestText || type is RecordValueType.True or RecordValueType.False)
        {
            return null;
        }

        switch (alias.Form)
        {
            case PropertyForm.EcsWord when !IsEcsCategory(text):
            case PropertyForm.AbsolutePath when text[0] != '/':
                return null;
            default:
                break;
        }

        switch (alias.Field)
        {
            case LogField.HttpVersion:
                return text.StartsWith("HTTP/"u8) ? Get(text[5..], pool)
                    : type == RecordValueType.Number || IsVersion(text) ? Get(text, pool)
                    : null;
            case LogField.Protocol:
                return IsProtocol(text) ? Get(text, pool).ToLowerInvariant() : null;
            case LogField.Category when alias.Rank > 0 && !IsEcsCategory(text):
                return null;
            case LogField.SourceHost when ClientAddress.IsAddress(text):
                return null;
            case LogField.Method or LogField.Action or LogField.Category or LogField.Module
                when type == RecordValueType.Number || text.Length > 4 * LongestWord:
                return null;
            case LogField.Method when text.Contains((byte)' '):
                return null;
            default:
                return Get(text, pool);
        }
    }

    private static bool IsVersion(ReadOnlySpan<byte> text) =>
        text.Length <= 3 && !text.ContainsAnyExcept(s_versionBytes) && char.IsAsciiDigit((char)text[0]);

    private static bool IsProtocol(ReadOnlySpan<byte> text)
    {
        bool isName = text.Length <= 12 && char.IsAsciiLetter((char)text[0]) && !text.Contains((byte)'/');
        return isName && !text.ContainsAny((byte)' ', (byte)'.')
            && !(text.Length >= 4 && Ascii.EqualsIgnoreCase(text[..4], "http"u8));
    }

    private static bool IsEcsCategory(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("authentication"u8) || text.SequenceEqual("session"u8) || text.SequenceEqual("iam"u8)
        || text.SequenceEqual("process"u8) || text.SequenceEqual("web"u8) || text.SequenceEqual("network"u8)
        || text.SequenceEqual("host"u8) || text.SequenceEqual("configuration"u8) || text.SequenceEqual("file"u8)
        || text.SequenceEqual("database"u8) || text.SequenceEqual("intrusion_detection"u8)
        || text.SequenceEqual("malware"u8) || text.SequenceEqual("package"u8) || text.SequenceEqual("registry"u8)
        || text.SequenceEqual("driver"u8);

    private static int? ToInt32(ReadOnlySpan<byte> text, int least, int most) =>
        Utf8Parser.TryParse(text, out int value, out int read) && read == text.Length && value >= least && value <= most
            ? value
            : null;

    private static long? ToInt64(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long value, out int read) && read == text.Length && value >= 0 ? value : null;

    private static string Get(ReadOnlySpan<byte> text, StringPool? pool) =>
        pool is null ? Encoding.UTF8.GetString(text) : pool.Get(text);
}
