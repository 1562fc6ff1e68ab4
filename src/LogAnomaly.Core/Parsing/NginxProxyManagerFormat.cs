namespace LogAnomaly.Parsing;

/// <summary>The access log of Nginx Proxy Manager.</summary>
internal sealed class NginxProxyManagerFormat : LogFormat
{
    private static readonly LogFormatString[] s_forms =
    [
        NginxFormatCompiler.Compile(
            "[$time_local] $upstream_cache_status $upstream_code $status - $request_method $scheme $host \"$request_uri\" "
            + "[Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] [Sent-to $server] \"$http_user_agent\" \"$http_referer\"",
            null,
            FixedNames.All),
        NginxFormatCompiler.Compile(
            "[$time_local] $status - $request_method $scheme $host \"$request_uri\" "
            + "[Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] \"$http_user_agent\" \"$http_referer\"",
            null,
            FixedNames.All),
        NginxFormatCompiler.Compile(
            "[$time_local] $host $remote_addr $request_time \"$request\" $status $request_length $body_bytes_sent $referer "
            + "$http_user_agent",
            null,
            FixedNames.All),
    ];

    /// <inheritdoc/>
    public override string Name => "nginx-proxy-manager";

    /// <inheritdoc/>
    public override string Description => "access log of Nginx Proxy Manager";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) => FixedNames.Parse(s_forms, line, context);
}
