namespace LogAnomaly.Parsing;

/// <summary>
/// Windows records as XML: <c>wevtutil qe /f:xml</c>, the event viewer's export, and what collectors forward; an
/// element <c>Event</c> a line, or printed over several, or all in an element <c>Events</c>.
/// </summary>
public sealed class WindowsXmlFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "windows-xml";

    /// <inheritdoc/>
    public override string Description => "Windows event log as XML";

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new WindowsXmlJoiner();

    /// <summary>Where an element <c>Event</c> begins.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The index of its bracket, or -1.</returns>
    internal static int StartOf(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (text[at..].IndexOf("<Event"u8) is >= 0 and int next)
        {
            at += next;
            int end = at + 6;
            if (end < text.Length && text[end] is (byte)'>' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                return at;
            }

            at = end;
        }

        return -1;
    }

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        LogEvent? first = null;
        int at = 0;
        while (StartOf(text[at..]) is >= 0 and int next)
        {
            at += next;
            int end = text[at..].IndexOf("</Event>"u8);
            if (end < 0 || Make(line, at, end + 8, context) is not { } made)
            {
                context.Further.Clear();
                return null;
            }

            if (first is not null)
            {
                context.Further.Add(made);
            }

            first ??= made;
            at += end + 8;
        }

        return first ?? (IsFrame(text.Trim(" \t\r\n"u8)) ? NoEvent : null);
    }

    private static WindowsEvent? Make(in LogLine line, int start, int length, ParseContext context)
    {
        LogLine element = line with { Start = line.Start + start, Length = length, Offset = line.Offset + start };
        return WindowsXml.Read(element.Span, context) is { } parts ? WindowsEvents.Make(parts, element, context) : null;
    }

    private static bool IsFrame(ReadOnlySpan<byte> text) =>
        text.StartsWith("<?xml "u8) || text.SequenceEqual("<Events>"u8) || text.StartsWith("<Events "u8)
        || text.SequenceEqual("</Events>"u8) || (text.StartsWith("<!--"u8) && text.EndsWith("-->"u8));
}
