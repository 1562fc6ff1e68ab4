namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the error of the operating system in a line of the Apache error log: <c>(13)Permission denied: </c>, on
/// Windows <c>(OS 10061)No connection could be made.  : </c>, from the resolver
/// <c>(EAI 2)Name or service not known: </c>. The number of the resolver counts in a range of its own, so it gives no
/// code.
/// </summary>
internal static class ApacheSystemError
{
    // strerror's texts are short; a longer one is a message that begins with a number in parentheses.
    private const int LongestText = 256;

    /// <summary>Steps over an error if it is next, and sets it.</summary>
    /// <param name="scanner">The line.</param>
    /// <param name="made">The event.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>Whether an error was next.</returns>
    public static bool TryRead(ref FieldScanner scanner, ApacheErrorEvent made, StringPool pool)
    {
        int start = scanner.Position;
        if (!scanner.TrySkip((byte)'('))
        {
            return false;
        }

        _ = scanner.TrySkip("OS "u8);
        bool isResolver = scanner.TrySkip("EAI "u8);
        _ = isResolver && scanner.TrySkip((byte)'-');
        if (scanner.TryReadInt64(out long code) && code <= int.MaxValue && scanner.TrySkip((byte)')'))
        {
            ReadOnlySpan<byte> rest = scanner.Rest;
            int end = rest.IndexOf(": "u8);
            if (end is > 0 and <= LongestText)
            {
                made.SystemErrorCode = isResolver ? null : (int)code;
                made.SystemError = pool.Get(rest[..end].TrimEnd((byte)' '));
                scanner.Position += end + 2;
                scanner.SkipSpaces();
                return true;
            }
        }

        scanner.Position = start;
        return false;
    }
}
