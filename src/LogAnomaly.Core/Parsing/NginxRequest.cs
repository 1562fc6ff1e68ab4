namespace LogAnomaly.Parsing;

/// <summary>A request line in its parts, for events that are no <see cref="AccessEvent"/>.</summary>
/// <param name="Method">Method, or null where the line is no HTTP.</param>
/// <param name="Url">Target, or the whole line where it is no HTTP; null where there is none.</param>
/// <param name="Version">Version such as <c>1.1</c>, or null.</param>
internal readonly record struct NginxRequest(string? Method, string? Url, string? Version)
{
    private static readonly LogSource s_none = new("(none)");
    private static readonly LogLine s_line = LogLine.FromString("");

    /// <summary>Reads a request line.</summary>
    /// <param name="request">The line.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    /// <returns>Its parts.</returns>
    public static NginxRequest Read(ReadOnlySpan<byte> request, StringPool pool)
    {
        AccessEvent made = new(s_line, s_none);
        RequestLine.Read(request, made, pool);
        return new NginxRequest(made.Method, made.Url, made.HttpVersion);
    }
}
