using System.Globalization;

namespace LogAnomaly.Parsing;

/// <summary>
/// An error log of Apache by its <c>ErrorLogFormat</c>, such as
/// <c>[%{u}t] [%-m:%l] [pid %P:tid %T] %7F: %E: [client\ %a] %M% ,\ referer\ %{Referer}i</c>. The server leaves a part
/// between two spaces out where it has nothing to say, so each part but those with time, level and message may be
/// missing. Values that the event has no field for are in <see cref="LogEvent.GetProperties"/> by their own names.
/// </summary>
public sealed class CustomErrorFormat : LogFormat
{
    private readonly IReadOnlyList<ErrorFormatGroup> _groups;
    private readonly int _slots;

    /// <summary>Creates a format.</summary>
    /// <param name="definition">The format string.</param>
    /// <param name="name">Name of the format, or null for <c>custom-error</c>.</param>
    /// <exception cref="FormatException">The definition has a fault; the message says where and what.</exception>
    public CustomErrorFormat(string definition, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ErrorFormatCompiler compiler = new(definition);
        _groups = compiler.Compile();
        _slots = compiler.Slots;
        Name = name ?? "custom-error";
        Description = $"Apache httpd error log by the format {definition}";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <summary>
    /// Makes a format of what a user gives: a format string, the directive <c>ErrorLogFormat "..."</c>, or <c>@file</c>
    /// for the first ErrorLogFormat that a configuration file defines.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The format.</returns>
    /// <exception cref="FormatException">The text has a fault, or the file defines no such format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CustomErrorFormat Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        bool isFile = trimmed.StartsWith('@');
        if (!isFile && !trimmed.StartsWith("ErrorLogFormat ", StringComparison.OrdinalIgnoreCase))
        {
            return new CustomErrorFormat(trimmed);
        }

        string configuration = isFile ? File.ReadAllText(trimmed[1..]) : trimmed;
        foreach (LogFormatDefinition definition in LogFormatConfiguration.Read(configuration))
        {
            if (definition.Kind == LogFormatKind.ApacheError)
            {
                return new CustomErrorFormat(definition.Text);
            }
        }

        throw new FormatException(isFile
            ? $"'{trimmed[1..]}' defines no ErrorLogFormat."
            : "The directive gives no format: write ErrorLogFormat \"...\".");
    }

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() => new StackTraceJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        Range[] values = new Range[_slots];
        int effort = 10_000;
        return TryMatch(text, 0, 0, values, ref effort) ? Build(line, values, context) : null;
    }

    private bool TryMatch(ReadOnlySpan<byte> text, int group, int at, Range[] values, ref int effort)
    {
        if (group == _groups.Count)
        {
            return at == text.Length;
        }

        if (--effort < 0)
        {
            return false;
        }

        ErrorFormatGroup part = _groups[group];
        int start = at == 0 || !part.HasSpace ? at : SkipSpace(text, at);
        if (start >= 0)
        {
            bool isThere = part.IsMessage
                ? TryMatchMessage(text, group, start, values, ref effort)
                : TryMatchItems(text, part, start, values, out int end)
                    && TryMatch(text, group + 1, end, values, ref effort);
            if (isThere)
            {
                return true;
            }
        }

        if (part.IsRequired)
        {
            return false;
        }

        foreach (ErrorFormatItem item in part.Items)
        {
            Clear(item, values);
        }

        return TryMatch(text, group + 1, at, values, ref effort);
    }

    private static void Clear(ErrorFormatItem item, Range[] values)
    {
        if (item.Slot >= 0)
        {
            values[item.Slot] = default;
        }
    }

    private static int SkipSpace(ReadOnlySpan<byte> text, int at) => at < text.Length && text[at] == ' ' ? at + 1 : -1;

    // The message ends where what follows it begins: at the last such place, for the server appends its own words.
    private bool TryMatchMessage(ReadOnlySpan<byte> text, int group, int at, Range[] values, ref int effort)
    {
        ErrorFormatGroup part = _groups[group];
        for (int i = 0; i < part.Items.Count - 1; i++)
        {
            byte[] literal = part.Items[i].Literal;
            if (literal.Length == 0 || !text[at..].StartsWith(literal))
            {
                return false;
            }

            at += literal.Length;
        }

        ErrorFormatItem message = part.Items[^1];
        for (int next = group + 1; next < _groups.Count; next++)
        {
            byte[] mark = _groups[next].HasSpace
                ? [(byte)' ', .. _groups[next].Items[0].Literal]
                : _groups[next].Items[0].Literal;
            int end = mark.Length == 0 ? -1 : text.LastIndexOf(mark);
            while (end >= at && --effort > 0)
            {
                values[message.Slot] = at..end;
                if (TryMatch(text, next, end, values, ref effort))
                {
                    return true;
                }

                end = text[..end].LastIndexOf(mark);
            }

            if (_groups[next].IsRequired)
            {
                return false;
            }
        }

        values[message.Slot] = at..text.Length;
        return true;
    }

    private static bool TryMatchItems(
        ReadOnlySpan<byte> text, ErrorFormatGroup part, int at, Range[] values, out int end)
    {
        end = at;
        foreach (ErrorFormatItem item in part.Items)
        {
            ReadOnlySpan<byte> rest = text[end..];
            if (item.Letter == '\0')
            {
                if (!rest.StartsWith(item.Literal))
                {
                    return false;
                }

                end += item.Literal.Length;
                continue;
            }

            int length = item.Letter == 't' ? StampLength(rest)
                : item.Stop.Length == 0 ? rest.Length
                : rest.IndexOf(item.Stop);
            if (length < 0 || !ErrorFormatValues.CanBe(item, rest[..length]))
            {
                return false;
            }

            values[item.Slot] = end..(end + length);
            end += length;
        }

        return true;
    }

    private static int StampLength(ReadOnlySpan<byte> text) =>
        Timestamps.TryReadApacheError(text, ErrorFormatValues.AnyClock, out _, out int length)
        || Timestamps.TryReadIso8601(text, ErrorFormatValues.AnyClock, out _, out length)
            ? length
            : -1;

    private ApacheErrorEvent Build(in LogLine line, Range[] values, ParseContext context)
    {
        ApacheErrorEvent made = new(line, context.Source);
        ReadOnlySpan<byte> text = line.Span;
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        foreach (ErrorFormatGroup group in _groups)
        {
            foreach (ErrorFormatItem item in group.Items)
            {
                if (item.Slot < 0)
                {
                    continue;
                }

                (int start, int length) = values[item.Slot].GetOffsetAndLength(text.Length);
                if (item.Letter == 'M')
                {
                    made.SetMessage(start, length);
                }
                else if (length > 0)
                {
                    ErrorFormatValues.Set(item, text.Slice(start, length), made, properties, context);
                }
            }
        }

        ReadOnlySpan<byte> message = made.MessageSpan;
        const int CodeLength = 7;
        if (message.Length > CodeLength && message.StartsWith("AH"u8) && message[CodeLength] == ':'
            && int.TryParse(message[2..CodeLength], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            made.ErrorCode = context.Pool.Get(message[..CodeLength]);
        }

        made.Level ??= LogLevel.Error;
        ApacheModSecurity.Classify(made, context.Pool);
        if (properties.Count > 0 && made.GetProperties().Count == 0)
        {
            made.SetProperties(properties.AsReadOnly());
        }

        return made;
    }
}
