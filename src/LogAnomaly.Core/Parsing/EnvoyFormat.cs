namespace LogAnomaly.Parsing;

/// <summary>The Envoy and Istio access log (their default formats).</summary>
internal sealed class EnvoyFormat : LogFormat
{
    private static readonly LogFormatString[] s_forms =
    [
        NginxFormatCompiler.Compile(
            "[$time_iso8601] \"$request\" $status $response_flags $bytes_received $body_bytes_sent $duration_ms "
            + "$upstream_service_time \"$http_x_forwarded_for\" \"$http_user_agent\" \"$request_id\" \"$authority\" "
            + "\"$upstream_host\"",
            null,
            FixedNames.All),
        NginxFormatCompiler.Compile(
            "[$time_iso8601] \"$request\" $status $response_flags $response_code_details "
            + "$connection_termination_details \"$upstream_transport_failure_reason\" $bytes_received $body_bytes_sent "
            + "$duration_ms $upstream_service_time \"$http_x_forwarded_for\" \"$http_user_agent\" \"$request_id\" "
            + "\"$authority\" \"$upstream_host\" $upstream_cluster $upstream_local_address $server_addr $remote_addr "
            + "$requested_server_name $route_name",
            null,
            FixedNames.All),
    ];

    /// <inheritdoc/>
    public override string Name => "envoy";

    /// <inheritdoc/>
    public override string Description => "Envoy and Istio access log (their default formats)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        FixedNames.Parse(s_forms, line, context);
}
