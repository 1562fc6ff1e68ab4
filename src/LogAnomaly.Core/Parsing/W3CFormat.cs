using System.Globalization;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The W3C extended log format (WD-logfile-960323): IIS, HTTP.SYS, FTP and SMTP of Windows, Amazon CloudFront and
/// others. The columns are those of the last <c>#Fields:</c> line; a line that has another number of values is read
/// only if it is plainly one with IIS's usual columns. Times are in UTC. A hyphen is no value; a plus stands for a
/// space in agent, referrer and cookie. Values may stand in quotes, in which a doubled quote is one.
/// </summary>
public sealed class W3CFormat : LogFormat
{
    private const int LargestColumns = 256;

    private static readonly StampPattern s_offset = new("%z");
    private static readonly LogClock s_clock = new(TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch);

    /// <inheritdoc/>
    public override string Name => "w3c";

    /// <inheritdoc/>
    public override string Description => "W3C extended log (IIS, HTTP.SYS, CloudFront)";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        W3CColumns state = context.State<W3CColumns>();
        ReadOnlySpan<byte> text = line.Span;
        if (text.StartsWith("\ufeff"u8))
        {
            text = text[3..];
        }

        if (!text.IsEmpty && text[0] == '#')
        {
            return TryReadDirective(text, state) || state.Columns.Count > 0 ? NoEvent : null;
        }

        Span<Range> values = stackalloc Range[LargestColumns];
        int count = Split(text, values);
        IReadOnlyList<FormatDirective> columns = state.Columns;
        if (columns.Count != count || count == 0)
        {
            columns = W3CColumns.Usual(count);
            if (columns.Count == 0 || !IsPlain(text, values))
            {
                return null;
            }
        }

        return Build(line, text, values[..count], columns, state, context);
    }

    private static AccessEvent? Build(
        in LogLine line,
        ReadOnlySpan<byte> text,
        ReadOnlySpan<Range> values,
        IReadOnlyList<FormatDirective> columns,
        W3CColumns state,
        ParseContext context)
    {
        AccessBuilder builder = new(line, context);
        StampParts stamp = new() { OffsetMinutes = state.IsLocal ? null : state.OffsetMinutes };
        if (state.Date is { } date)
        {
            stamp.SetDate(date);
        }

        builder.SetDefaults(stamp);
        for (int i = 0; i < columns.Count; i++)
        {
            FormatDirective column = columns[i];
            ReadOnlySpan<byte> value = Unquote(text[values[i]]);
            bool isDecoded = column.Field is AccessField.UserAgent or AccessField.Referrer
                || column.Name == "cs(Cookie)";
            if (isDecoded && value.Contains((byte)'+'))
            {
                value = WithSpaces(value, column.Field == AccessField.Referrer);
            }

            if (column.Field == AccessField.Method && !value.IsEmpty && value[0] == '[')
            {
                // FTP: the number of the session stands before the command.
                int close = value.IndexOf((byte)']');
                builder.SetProperty("session", Encoding.UTF8.GetString(value[1..Math.Max(close, 1)]));
                value = value[(close + 1)..];
            }

            if (!builder.Set(column.Field, column.Name, value))
            {
                return null;
            }
        }

        return builder.Finish();
    }

    private static bool TryReadDirective(ReadOnlySpan<byte> text, W3CColumns state)
    {
        int colon = text.IndexOf((byte)':');
        if (colon < 2)
        {
            return false;
        }

        ReadOnlySpan<byte> name = text[1..colon];
        ReadOnlySpan<byte> value = text[(colon + 1)..].Trim((byte)' ');
        if (name.SequenceEqual("Fields"u8))
        {
            state.Set(value);
            return true;
        }

        if (name.SequenceEqual("Date"u8) || name.SequenceEqual("Start-Date"u8))
        {
            string day = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 10)]);
            state.Date = DateOnly.TryParseExact(
                day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
                ? date
                : null;
            return true;
        }

        if (name.SequenceEqual("GMT-Offset"u8))
        {
            StampParts parts = new();
            state.OffsetMinutes = s_offset.TryRead(value, s_clock, ref parts, out _) ? parts.OffsetMinutes ?? 0 : 0;
            return true;
        }

        return name.SequenceEqual("Software"u8) || name.SequenceEqual("Version"u8) || name.SequenceEqual("End-Date"u8)
            || name.SequenceEqual("Remark"u8);
    }

    // Values between spaces or tabs; of several spaces one counts. 0 where there are too many.
    private static int Split(ReadOnlySpan<byte> text, Span<Range> values)
    {
        int count = 0;
        int at = 0;
        bool hasTabs = text.Contains((byte)'\t');
        while (at < text.Length)
        {
            if (text[at] is (byte)' ' or (byte)'\t')
            {
                at++;
                continue;
            }

            if (count == values.Length)
            {
                return 0;
            }

            int start = at;
            at = text[at] == '"' ? QuotedEnd(text, at) : at;
            ReadOnlySpan<byte> rest = text[at..];
            int end = hasTabs ? rest.IndexOf((byte)'\t') : rest.IndexOf((byte)' ');
            at = end < 0 ? text.Length : at + end;
            int last = at;
            while (last > start && text[last - 1] == ' ')
            {
                last--;
            }

            values[count++] = start..last;
        }

        return count;
    }

    private static int QuotedEnd(ReadOnlySpan<byte> text, int start)
    {
        int at = start + 1;
        while (at < text.Length)
        {
            if (text[at] != '"')
            {
                at++;
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                at += 2;
            }
            else
            {
                return at + 1;
            }
        }

        return start;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return value;
        }

        ReadOnlySpan<byte> inner = value[1..^1];
        return inner.IndexOf("\"\""u8) < 0
            ? inner
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(inner).Replace("\"\"", "\"", StringComparison.Ordinal));
    }

    // In a referrer a plus may be one of its query, where it stands for a space as well, so it stays.
    private static ReadOnlySpan<byte> WithSpaces(ReadOnlySpan<byte> value, bool isReferrer)
    {
        if (isReferrer)
        {
            return value;
        }

        byte[] decoded = value.ToArray();
        decoded.AsSpan().Replace((byte)'+', (byte)' ');
        return decoded;
    }

    // A date, a time, the server's address and a method: nothing else begins so.
    private static bool IsPlain(ReadOnlySpan<byte> text, ReadOnlySpan<Range> values) =>
        text[values[0]].Length == 10 && text[values[0]][4] == '-' && text[values[1]].Length == 8
        && text[values[1]][2] == ':' && ClientText.TryReadOne(text[values[2]], out _, out _)
        && !text[values[3]].ContainsAnyExceptInRange((byte)'A', (byte)'Z')
        && ClientAddress.ToPort(text[values[6]]) >= 0;
}
