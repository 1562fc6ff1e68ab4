namespace LogAnomaly.Parsing;

/// <summary>
/// Joins what a program writes on further lines to the line before: lines that begin with white space, and those of the
/// stack traces of Java (<c>java.io.IOException: text</c>, <c>Caused by: </c>), Python (<c>Traceback (most recent call
/// last):</c> to the line that names the error), PHP (<c>Stack trace:</c>, <c>#0 file(1): call</c>), .NET and Node. Any
/// other line begins an event of its own, even where it has no header, so that nothing is swallowed.
/// </summary>
internal sealed class StackTraceJoiner : LineJoiner
{
    private bool _inPython;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line) => _inPython = IsTraceback(line);

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return false;
        }

        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return line.ContainsAnyExcept((byte)' ', (byte)'\t');
        }

        if (IsTraceback(line))
        {
            _inPython = true;
            return true;
        }

        if (_inPython)
        {
            // The line after the last indented one names the error; only "During handling of ..." may follow.
            _inPython = false;
            return IsErrorName(line);
        }

        return line.StartsWith("Caused by: "u8) || line.StartsWith("Stack trace:"u8) || line.StartsWith("--- End of "u8)
            || IsPhpFrame(line) || IsErrorName(line);
    }

    private static bool IsTraceback(ReadOnlySpan<byte> line) =>
        line.EndsWith("Traceback (most recent call last):"u8)
        || line.StartsWith("During handling of the above exception"u8)
        || line.StartsWith("The above exception was the direct cause"u8);

    // "#0 /var/www/index.php(3): main()", "#1 {main}"
    private static bool IsPhpFrame(ReadOnlySpan<byte> line)
    {
        int digits = line[0] == '#' ? line[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') : -1;
        return digits > 0 && line[1 + digits] == ' ' && line.Length > digits + 2
            && line[digits + 2] is (byte)'/' or (byte)'{'
                or (byte)'[' or (byte)'C';
    }

    // A name with Exception, Error or Warning at its end, alone or before a colon: "java.lang.Error: text".
    private static bool IsErrorName(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOfAny((byte)':', (byte)' ');
        ReadOnlySpan<byte> name = end < 0 ? line : line[..end];
        if (end >= 0 && line[end] == ' ')
        {
            return false;
        }

        bool isError = name.EndsWith("Exception"u8) || name.EndsWith("Error"u8) || name.EndsWith("Throwable"u8)
            || (name.EndsWith("Exit"u8) && name.StartsWith("System"u8)) || name.EndsWith("Interrupt"u8);
        return isError && name.Length > 5 && !name.ContainsAny((byte)'[', (byte)'/', (byte)'"')
            && (end < 0 || end + 1 == line.Length || line[end + 1] == ' ') && char.IsAsciiLetter((char)name[0]);
    }
}
