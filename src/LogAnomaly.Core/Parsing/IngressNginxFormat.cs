namespace LogAnomaly.Parsing;

/// <summary>The access log of the Kubernetes ingress controller with nginx.</summary>
internal sealed class IngressNginxFormat : LogFormat
{
    private const string Head =
        "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" "
        + "\"$http_user_agent\" $request_length $request_time ";

    private const string Tail =
        "$upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id";

    // The oldest form repeats the address; read first, or its brackets would pass for a part of the user.
    private static readonly LogFormatString[] s_forms =
    [
        NginxFormatCompiler.Compile(
            Head.Replace(" - $remote_user", " - [$realip] - $remote_user", StringComparison.Ordinal)
            + "[$proxy_upstream_name] " + Tail,
            null,
            FixedNames.All),
        NginxFormatCompiler.Compile(
            Head + "[$proxy_upstream_name] [$proxy_alternative_upstream_name] " + Tail, null, FixedNames.All),
        NginxFormatCompiler.Compile(Head + "[$proxy_upstream_name] " + Tail, null, FixedNames.All),
    ];

    /// <inheritdoc/>
    public override string Name => "ingress-nginx";

    /// <inheritdoc/>
    public override string Description => "access log of the Kubernetes ingress controller with nginx";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        FixedNames.Parse(s_forms, line, context);
}
