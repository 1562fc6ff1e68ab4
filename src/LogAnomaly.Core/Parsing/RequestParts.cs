namespace LogAnomaly.Parsing;

/// <summary>Splits a request line, <c>GET /path HTTP/1.1</c>, in a value of a structured log.</summary>
internal static class RequestParts
{
    /// <summary>Splits a request line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="method">The method.</param>
    /// <param name="url">The target, with any spaces in it.</param>
    /// <param name="version">The version with its name.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TrySplit(ReadOnlySpan<byte> text, out Range method, out Range url, out Range version)
    {
        int first = text.IndexOf((byte)' ');
        int last = text.LastIndexOf((byte)' ');
        method = url = version = default;
        if (first <= 0 || last <= first + 1 || !text[(last + 1)..].StartsWith("HTTP/"u8)
            || text[..first].ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
        {
            return false;
        }

        method = ..first;
        url = (first + 1)..last;
        version = (last + 1)..text.Length;
        return true;
    }
}
