namespace LogAnomaly.Parsing;

/// <summary>
/// The access log of Nginx Proxy Manager: of its hosts, and the lines of nginx that stand among them.
/// </summary>
internal sealed class NginxProxyManagerFormat : LogFormat
{
    private const string Head = "[$time_local] ";
    private const string Cached = "$upstream_cache_status $upstream_code ";
    private const string Middle =
        "$status - $request_method $scheme $host \"$request_uri\" [Client $remote_addr] [Length $body_bytes_sent] "
            + "[Gzip $gzip_ratio] ";

    private const string SentTo = "[Sent-to $server] ";
    private const string Tail = "\"$http_user_agent\" \"$http_referer\"";

    private static readonly LogFormatString[] s_forms =
    [
        Compile(Head + Cached + Middle + SentTo + Tail),
        Compile(Head + Middle + Tail),
        Compile(Head + Middle + SentTo + Tail),
        Compile(Head + Cached + Middle + Tail),
        Compile(
            Head + "$host $remote_addr $request_time \"$request\" $status $body_bytes_sent $bytes_sent $referer "
                + "$http_user_agent"),
    ];

    // The lines of its default host are nginx's own, and its files are often put together.
    private static readonly LogFormat[] s_others = [new AccessFormat(), new NginxErrorFormat()];

    /// <inheritdoc/>
    public override string Name => "nginx-proxy-manager";

    /// <inheritdoc/>
    public override string Description => "access log of Nginx Proxy Manager";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        if (FixedNames.Parse(s_forms, line, context) is { } made)
        {
            return made;
        }

        foreach (LogFormat other in s_others)
        {
            if (other.Parse(line, context) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static LogFormatString Compile(string definition) =>
        NginxFormatCompiler.Compile(definition, null, FixedNames.All);
}
