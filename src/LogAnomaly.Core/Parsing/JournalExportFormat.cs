using System.Buffers.Binary;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The Journal Export Format, as <c>journalctl -o export</c> and systemd-journal-upload write it:
/// <code>
/// entry = 1*field LF
/// field = name "=" text LF                                  ; a value of printable text
///       / name LF length data LF                            ; any value; the length is 64 bits, little-endian
/// </code>
/// </summary>
public sealed class JournalExportFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "journal-export";

    /// <inheritdoc/>
    public override string Description => "the systemd journal as journalctl -o export writes it";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() => new JournalExportJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text[0] is not ((byte)'_' or (>= (byte)'A' and <= (byte)'Z')))
        {
            return null;
        }

        context.Source.PropertyReader ??= ReadProperties;
        JournalEntry entry = default;
        int at = 0;
        while (TryReadField(text, ref at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            entry.Take(name, value);
        }

        return at < text.Length ? null : entry.Make(line, null, context);
    }

    /// <summary>All fields of an entry; those with several values have an array of them.</summary>
    /// <param name="line">The entry.</param>
    /// <returns>The fields, in the order of the entry.</returns>
    internal static IReadOnlyDictionary<string, object?> ReadProperties(ReadOnlySpan<byte> line)
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        int at = 0;
        while (TryReadField(line, ref at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            string key = Encoding.UTF8.GetString(name);
            string text = Encoding.UTF8.GetString(value);
            properties[key] = !properties.TryGetValue(key, out object? before) ? text
                : before is string[] several ? [.. several, text]
                : new[] { (string)before!, text };
        }

        return properties;
    }

    private static bool TryReadField(
        ReadOnlySpan<byte> text, scoped ref int at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        while (at < text.Length && text[at] is (byte)'\n' or (byte)'\r')
        {
            at++;
        }

        ReadOnlySpan<byte> rest = text[at..];
        int nameLength = rest.IndexOfAny((byte)'=', (byte)'\n');
        if (nameLength <= 0 || rest[..nameLength].ContainsAny((byte)' ', (byte)'"', (byte)'\t'))
        {
            return false;
        }

        name = rest[..nameLength];
        if (rest[nameLength] == '=')
        {
            value = Utf8Text.Before(rest[(nameLength + 1)..], (byte)'\n');
            at += nameLength + 1 + value.Length;
            return true;
        }

        ReadOnlySpan<byte> data = rest[(nameLength + 1)..];
        if (data.Length < sizeof(ulong))
        {
            return false;
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(data);
        if (length > (ulong)(data.Length - sizeof(ulong)))
        {
            return false;
        }

        value = data.Slice(sizeof(ulong), (int)length);
        at += nameLength + 1 + sizeof(ulong) + (int)length;
        return true;
    }
}
