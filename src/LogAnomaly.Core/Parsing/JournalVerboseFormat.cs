using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The systemd journal as <c>journalctl -o verbose</c> writes it: a line with the time and the cursor, and every field
/// on a line of its own, indented. Further lines of a value are indented more.
/// </summary>
public sealed class JournalVerboseFormat : LogFormat
{
    private const int Indent = 4;

    /// <inheritdoc/>
    public override string Name => "journal-verbose";

    /// <inheritdoc/>
    public override string Description => "the systemd journal as journalctl -o verbose writes it";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() => new IndentJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        ReadOnlySpan<byte> head = Utf8Text.Before(text, (byte)'\n');
        if (head.StartsWith("-- "u8) && head.TrimEnd((byte)'\r').EndsWith(" --"u8) && head.Length == text.Length)
        {
            return NoEvent;
        }

        SyslogStampForm form = SyslogStamp.Read(head, context.Clock, out DateTimeOffset? time, out int length);
        if (form != SyslogStampForm.Full || !head[length..].StartsWith(" [s="u8))
        {
            return null;
        }

        context.Source.PropertyReader ??= ReadProperties;
        JournalEntry entry = default;
        int at = head.Length + 1;
        while (TryReadField(text, ref at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            entry.Take(name, value);
        }

        return entry.Make(line, time, context);
    }

    /// <summary>All fields of an entry.</summary>
    /// <param name="line">The entry.</param>
    /// <returns>The fields, in the order of the entry.</returns>
    internal static IReadOnlyDictionary<string, object?> ReadProperties(ReadOnlySpan<byte> line)
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        int at = Utf8Text.Before(line, (byte)'\n').Length + 1;
        while (TryReadField(line, ref at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            properties.TryAdd(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value));
        }

        return properties;
    }

    // A field goes on to the line before the next one that begins with the indent and a name.
    private static bool TryReadField(
        ReadOnlySpan<byte> text, scoped ref int at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        if (at >= text.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[at..].TrimStart((byte)' ');
        int equals = rest.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return false;
        }

        name = rest[..equals];
        value = rest[(equals + 1)..];
        int end = 0;
        do
        {
            int feed = value[end..].IndexOf((byte)'\n');
            end = feed < 0 ? value.Length : end + feed + 1;
        }
        while (end < value.Length && !IsField(value[end..]));

        at = text.Length - value.Length + end;
        value = value[..end].TrimEnd("\r\n"u8);
        return true;
    }

    private static bool IsField(ReadOnlySpan<byte> line) =>
        line.Length > Indent && line.StartsWith("    "u8)
            && line[Indent] is (byte)'_' or (>= (byte)'A' and <= (byte)'Z');
}
