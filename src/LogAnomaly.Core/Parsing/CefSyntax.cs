using System.Buffers;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The grammar of CEF and LEEF:
/// <code>
/// CEF:version|vendor|product|version|signature|name|severity|key=value key=value
/// LEEF:version|vendor|product|version|event[|delimiter]|key=value TAB key=value
/// </code>
/// In a header <c>\|</c> and <c>\\</c> are escapes, in an extension <c>\=</c>, <c>\n</c>, <c>\r</c> and <c>\\</c>; a
/// value goes on until the next key.
/// </summary>
internal sealed class CefSyntax : RecordSyntax
{
    private const int LongestKey = 64;

    private static readonly string[] s_cef =
        ["device.vendor", "device.product", "device.version", "signature_id", "name", "device.severity"];
    private static readonly string[] s_leef = ["device.vendor", "device.product", "device.version", "signature_id"];

    private static readonly SearchValues<byte> s_keyBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-[]"u8);

    /// <summary>The one that is needed.</summary>
    public static CefSyntax Instance { get; } = new();

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line, RecordFields fields)
    {
        int start = StartOf(line, out bool isCef);
        if (start < 0)
        {
            return false;
        }

        int at = start;
        if (!TryReadPart(line, ref at, out _))
        {
            return false;
        }

        foreach (string name in isCef ? s_cef : s_leef)
        {
            int from = at;
            if (!TryReadPart(line, ref at, out ReadOnlySpan<byte> part))
            {
                return false;
            }

            Add(name, part, part.Contains((byte)'\\') ? -1 : from, fields);
        }

        byte delimiter = isCef ? (byte)' ' : LeefDelimiter(line, start, ref at);
        ReadPairs(line, at, delimiter, fields);
        return true;
    }

    // At the start, or behind a syslog header.
    private static int StartOf(ReadOnlySpan<byte> line, out bool isCef)
    {
        int cef = line.IndexOf("CEF:"u8);
        int leef = line.IndexOf("LEEF:"u8);
        isCef = cef >= 0 && (leef < 0 || cef < leef);
        int start = isCef ? cef : leef;
        bool isWord = start == 0 || (start > 0 && line[start - 1] is (byte)' ' or (byte)'>' or (byte)':');
        return isWord && start <= 512 ? start : -1;
    }

    private static bool TryReadPart(ReadOnlySpan<byte> line, ref int at, out ReadOnlySpan<byte> part)
    {
        int start = at;
        while (at < line.Length)
        {
            if (line[at] == '|')
            {
                part = line[start..at++];
                return true;
            }

            at += line[at] == '\\' ? 2 : 1;
        }

        part = default;
        return false;
    }

    // The name and severity of the header are message and level.
    private static void Add(string name, ReadOnlySpan<byte> part, int start, RecordFields fields)
    {
        RecordValueType type = part.IsEmpty ? RecordValueType.None : RecordValueType.Text;
        ReadOnlySpan<byte> text = part.Contains((byte)'\\') ? Unescape(part) : part;
        switch (name)
        {
            case "name":
                fields.Add("message", type, text, start);
                break;
            case "device.product":
                fields.Add("app", type, text);
                break;
            case "device.severity":
                fields.Add(name, type, text);
                fields.Add("level", RecordValueType.Text, Severity(text));
                break;
            case "signature_id":
                fields.Add(name, type, text);
                break;
            default:
                fields.Add(name, type, text);
                break;
        }
    }

    // 0 to 3 is low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high.
    private static ReadOnlySpan<byte> Severity(ReadOnlySpan<byte> text) => FieldScanner.ToInt32(text) switch
    {
        <= 3 => "info"u8,
        <= 6 => "warning"u8,
        <= 8 => "error"u8,
        <= 10 => "critical"u8,
        _ when Ascii.EqualsIgnoreCase(text, "low"u8) => "info"u8,
        _ when Ascii.EqualsIgnoreCase(text, "medium"u8) => "warning"u8,
        _ when Ascii.EqualsIgnoreCase(text, "high"u8) => "error"u8,
        _ when Ascii.EqualsIgnoreCase(text, "very-high"u8) => "critical"u8,
        _ => text,
    };

    // LEEF 2.0 may name the delimiter, as itself or as x09.
    private static byte LeefDelimiter(ReadOnlySpan<byte> line, int start, ref int at)
    {
        ReadOnlySpan<byte> rest = line[at..];
        int bar = line[start..].StartsWith("LEEF:2"u8) ? rest.IndexOf((byte)'|') : -1;
        if (bar is < 0 or > 5)
        {
            return (byte)'\t';
        }

        at += bar + 1;
        return bar == 1 ? rest[0] : (byte)'\t';
    }

    private static void ReadPairs(ReadOnlySpan<byte> line, int at, byte delimiter, RecordFields fields)
    {
        while (at < line.Length)
        {
            int equals = line[at..].IndexOf((byte)'=');
            ReadOnlySpan<byte> key = equals < 0 ? default : line.Slice(at, equals).Trim(" \t"u8);
            if (equals < 0 || key.IsEmpty || key.Length > LongestKey || key.ContainsAnyExcept(s_keyBytes))
            {
                return;
            }

            int start = at + equals + 1;
            int end = delimiter == ' ' ? EndOfValue(line, start) : EndBefore(line, start, delimiter);
            ReadOnlySpan<byte> value = line[start..end].TrimEnd((byte)' ');
            bool isEscaped = value.Contains((byte)'\\');
            RecordValueType type = value.IsEmpty ? RecordValueType.None : RecordValueType.Text;
            fields.Add(Name(key), type, isEscaped ? Unescape(value) : value, isEscaped ? -1 : start);
            at = end + 1;
        }
    }

    // Keys of the dictionaries that our names do not show.
    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> key) => key switch
    {
        _ when key.SequenceEqual("usrName"u8) => "suser"u8,
        _ when key.SequenceEqual("sntdom"u8) => "user_domain"u8,
        _ when key.SequenceEqual("requestClientApplication"u8) => "user_agent"u8,
        _ when key.SequenceEqual("request"u8) => "request_url"u8,
        _ when key.SequenceEqual("out"u8) => "bytes_sent"u8,
        _ when key.SequenceEqual("in"u8) => "bytes_received"u8,
        _ when key.SequenceEqual("srcPort"u8) => "src_port"u8,
        _ when key.SequenceEqual("dstPort"u8) => "dst_port"u8,
        _ => key,
    };

    private static int EndBefore(ReadOnlySpan<byte> line, int start, byte delimiter)
    {
        int length = line[start..].IndexOf(delimiter);
        return length < 0 ? line.Length : start + length;
    }

    // A value may hold spaces: it ends before the space before the key of the next unescaped equals sign.
    private static int EndOfValue(ReadOnlySpan<byte> line, int start)
    {
        int at = start;
        while (line[at..].IndexOf((byte)'=') is >= 0 and int next)
        {
            int equals = at + next;
            int space = line[start..equals].LastIndexOf((byte)' ');
            bool isKey = space >= 0 && start + space + 1 < equals && equals - start - space <= LongestKey
                && !line[(start + space + 1)..equals].ContainsAnyExcept(s_keyBytes);
            if (isKey)
            {
                return start + space;
            }

            at = equals + 1;
        }

        return line.Length;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        byte[] plain = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value == '\\' && i + 1 < text.Length)
            {
                value = text[++i] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    byte other => other,
                };
            }

            plain[length++] = value;
        }

        return plain[..length];
    }
}
