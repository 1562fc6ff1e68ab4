namespace LogAnomaly.Parsing;

/// <summary>
/// The serial audit log of ModSecurity 2 and 3. A record has sections, each after a line with its letter: A (stamp, id,
/// client, port, server, port), B (request and its headers), C (its body), F (response and its headers), H (messages of
/// the rules), Z (the end), and others. A record becomes one request; the rule that stopped it, else the first one that
/// matched, is its rule.
/// </summary>
public sealed class ModSecurityAuditFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "modsecurity-audit";

    /// <inheritdoc/>
    public override string Description => "ModSecurity audit log (serial, native)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() => new ModSecurityJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> rest = line.Span;
        ReadOnlySpan<byte> first = TakeLine(ref rest);
        if (ModSecurityBoundary.Section(first, out ReadOnlySpan<byte> id) != 'A')
        {
            return null;
        }

        ModSecurityRecord record = new(new AccessBuilder(line, context), context.Pool);
        char section = 'A';
        int number = 0;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> text = TakeLine(ref rest);
            char next = ModSecurityBoundary.Section(text, out ReadOnlySpan<byte> own);
            if (next != '\0' && own.SequenceEqual(id))
            {
                section = next;
                number = 0;
                continue;
            }

            if (!record.TryTake(section, number++, text))
            {
                return null;
            }
        }

        return record.Finish();
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line.TrimEnd((byte)'\r');
    }
}
