namespace LogAnomaly.Parsing;

/// <summary>The Traefik access log (its common log format).</summary>
internal sealed class TraefikFormat : LogFormat
{
    private static readonly LogFormatString[] s_forms =
    [
        NginxFormatCompiler.Compile(
            "$remote_addr - $remote_user [$time_local] \"$request\" $origin_status $size \"$http_referer\" "
            + "\"$http_user_agent\" $request_count \"$router\" \"$server_url\" ${duration}",
            null,
            FixedNames.All),
    ];

    /// <inheritdoc/>
    public override string Name => "traefik";

    /// <inheritdoc/>
    public override string Description => "Traefik access log (its common log format)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        FixedNames.Parse(s_forms, line, context);
}
