namespace LogAnomaly.Parsing;

/// <summary>
/// Joins the lines of an object that is printed over several: lines follow until its braces outside of strings are
/// balanced. A line that begins with a brace in its first column begins a new object whatever is open, so that a line
/// that was cut short swallows nothing behind it.
/// </summary>
internal sealed class JsonJoiner : LineJoiner
{
    private int _depth;

    /// <inheritdoc/>
    public override int MaximumLines => 20_000;

    /// <inheritdoc/>
    public override bool IsOpen => _depth > 0;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t[,"u8);
        _depth = !text.IsEmpty && text[0] == '{' ? Balance(line) : 0;
    }

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line)
    {
        if (_depth <= 0 || (!line.IsEmpty && line[0] == '{'))
        {
            return false;
        }

        _depth += Balance(line);
        return true;
    }

    // Opening braces less closing ones; a JSON string ends on its line.
    private static int Balance(ReadOnlySpan<byte> line)
    {
        int balance = 0;
        while (true)
        {
            int at = line.IndexOfAny((byte)'{', (byte)'}', (byte)'"');
            if (at < 0)
            {
                return balance;
            }

            byte found = line[at];
            line = line[(at + 1)..];
            if (found != '"')
            {
                balance += found == '{' ? 1 : -1;
                continue;
            }

            while ((at = line.IndexOfAny((byte)'"', (byte)'\\')) >= 0 && line[at] == '\\')
            {
                line = line[Math.Min(at + 2, line.Length)..];
            }

            if (at < 0)
            {
                return balance;
            }

            line = line[(at + 1)..];
        }
    }
}
