namespace LogAnomaly.Parsing;

/// <summary>
/// logfmt, as Go programs, Heroku and Grafana write it:
/// <code>
/// line  = pair *( 1*SP ( pair / word ) )
/// pair  = name "=" [ word / DQUOTE *( char / "\" char ) DQUOTE ]
/// </code>
/// A lone word is a mark that is set. Names are letters, digits and <c>_.-/@[]$</c>, and begin with no digit.
/// </summary>
internal sealed class LogfmtSyntax : RecordSyntax
{
    private const int FewestPairs = 2;

    private static readonly System.Buffers.SearchValues<byte> s_nameBytes = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/@[]$:"u8);

    /// <summary>The one that is needed.</summary>
    public static LogfmtSyntax Instance { get; } = new();

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line, RecordFields fields)
    {
        int at = 0;
        int pairs = 0;
        int words = 0;
        while (true)
        {
            while (at < line.Length && line[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }

            if (at == line.Length)
            {
                break;
            }

            int length = line[at..].IndexOfAny((byte)'=', (byte)' ', (byte)'\t');
            length = length < 0 ? line.Length - at : length;
            ReadOnlySpan<byte> name = line.Slice(at, length);
            at += length;
            bool isPair = at < line.Length && line[at] == '=' && IsName(name);
            if (!isPair)
            {
                // What is no pair is a mark, or the rest of a value that its writer did not quote.
                if (pairs == 0 || ++words > pairs + 2 || (at < line.Length && line[at] == '='))
                {
                    return false;
                }

                fields.Add(name[..Math.Min(name.Length, RecordFields.LongestName)], RecordValueType.True, "true"u8);
                continue;
            }

            at++;
            pairs++;
            ReadValue(line, name, ref at, fields);
        }

        return pairs >= FewestPairs;
    }

    private static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= RecordFields.LongestName && !char.IsAsciiDigit((char)name[0])
        && !name.ContainsAnyExcept(s_nameBytes);

    private static void ReadValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref int at, RecordFields fields)
    {
        if (at < line.Length && line[at] == '"')
        {
            int length = QuotedLength(line[(at + 1)..], out bool isEscaped);
            if (length >= 0)
            {
                ReadOnlySpan<byte> quoted = line.Slice(at + 1, length);
                if (isEscaped)
                {
                    fields.AddEscaped(name, quoted);
                }
                else
                {
                    fields.Add(name, RecordValueType.Text, quoted, at + 1);
                }

                at += length + 2;
                return;
            }
        }

        int end = line[at..].IndexOfAny((byte)' ', (byte)'\t');
        end = end < 0 ? line.Length - at : end;
        ReadOnlySpan<byte> value = line.Slice(at, end);
        RecordValueType type = value.IsEmpty ? RecordValueType.None : RecordValueType.Text;
        fields.Add(name, type, value, at);
        at += end;
    }

    // Bytes before the quote that ends the value, or -1 where there is none and the quote is part of the value.
    private static int QuotedLength(ReadOnlySpan<byte> text, out bool isEscaped)
    {
        isEscaped = false;
        int at = 0;
        while (true)
        {
            int next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (text[at] == '"')
            {
                return at;
            }

            isEscaped = true;
            at += 2;
            if (at >= text.Length)
            {
                return -1;
            }
        }
    }
}
