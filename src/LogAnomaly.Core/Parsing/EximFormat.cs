namespace LogAnomaly.Parsing;

/// <summary>
/// The main log of exim: <c>yyyy-mm-dd SP hh:mm:ss ["." fraction] [SP zone] SP ["[" pid "] "] text</c>, where the text
/// begins with the id of a mail or with words of exim's own. Lines of syslog are read too.
/// </summary>
public sealed class EximFormat : LogFormat
{
    private const int StampLength = 19;

    /// <inheritdoc/>
    public override string Name => "exim";

    /// <inheritdoc/>
    public override string Description => "mainlog of exim: mail, refused mail and logins";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        ParseSample(line, context) ?? SyslogEvents.Parse(line, context);

    /// <inheritdoc/>
    internal override LogEvent? ParseSample(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.Length < StampLength + 4 || text[10] != ' '
            || !Timestamps.TryReadIso8601(text, context.Clock, out DateTimeOffset time, out int length))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = length };
        int? process = null;
        if (!scanner.TrySkip((byte)' '))
        {
            return null;
        }

        if (scanner.TrySkip((byte)'['))
        {
            if (!scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> digits) || !scanner.TrySkip((byte)' '))
            {
                return null;
            }

            process = FieldScanner.ToInt32(digits);
        }

        return IsOwn(scanner.Rest)
            ? new ServiceLine(AuthProgram.Exim, "exim", time, scanner.Position) { ProcessId = process }
                .ToEvent(line, context)
            : null;
    }

    private static bool IsOwn(ReadOnlySpan<byte> text) => IsMail(Utf8Text.Before(text, (byte)' '))
        || (text.StartsWith("H="u8) && text.IndexOf((byte)'[') > 0)
        || text.IndexOf(" authenticator failed for "u8) > 0
        || text.StartsWith("Start queue run: "u8) || text.StartsWith("End queue run: "u8) || text.StartsWith("exim "u8)
        || text.StartsWith("no host name found for IP address "u8) || text.StartsWith("no IP address found for host "u8)
        || text.StartsWith("SMTP "u8) || text.StartsWith("TLS error on connection from "u8)
        || text.StartsWith("unexpected disconnection while reading SMTP command from "u8)
        || text.StartsWith("Connection from ["u8);

    // "1tQxYz-0001aB-2C", from 4.97 on "1tQxYz-00000001aBc-0D2e"
    private static bool IsMail(ReadOnlySpan<byte> word)
    {
        int first = word.IndexOf((byte)'-');
        int last = word.LastIndexOf((byte)'-');
        if (first != 6 || last - first - 1 is not (6 or 11) || word.Length - last - 1 is not (2 or 4))
        {
            return false;
        }

        foreach (byte next in word)
        {
            if (!char.IsAsciiLetterOrDigit((char)next) && next != '-')
            {
                return false;
            }
        }

        return true;
    }
}
