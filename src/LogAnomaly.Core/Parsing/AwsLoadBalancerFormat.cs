namespace LogAnomaly.Parsing;

/// <summary>The access log of AWS load balancers (ALB and classic ELB).</summary>
internal sealed class AwsLoadBalancerFormat : LogFormat
{
    private static readonly LogFormatString[] s_forms =
    [
        NginxFormatCompiler.Compile(
            "$type $time_iso8601 $elb $remote_addr $target $request_processing_time $target_processing_time "
            + "$response_processing_time $status $target_status $request_length $body_bytes_sent \"$request\" "
            + "\"$http_user_agent\" $ssl_cipher $ssl_protocol $target_group_arn \"$trace_id\" \"$domain_name\" "
            + "\"$chosen_cert_arn\" $matched_rule_priority $request_creation_time \"$actions_executed\" "
            + "\"$redirect_url\" \"$error_reason\"",
            null,
            FixedNames.All,
            mayGoOn: true),
        NginxFormatCompiler.Compile(
            "$time_iso8601 $elb $remote_addr $target $request_processing_time $target_processing_time "
            + "$response_processing_time $status $target_status $request_length $body_bytes_sent \"$request\" "
            + "\"$http_user_agent\" $ssl_cipher $ssl_protocol",
            null,
            FixedNames.All),
        NginxFormatCompiler.Compile(
            "$time_iso8601 $elb $remote_addr $target $request_processing_time $target_processing_time "
            + "$response_processing_time $status $target_status $request_length $body_bytes_sent \"$request\"",
            null,
            FixedNames.All),
    ];

    /// <inheritdoc/>
    public override string Name => "aws-elb";

    /// <inheritdoc/>
    public override string Description => "access log of AWS load balancers (ALB and classic ELB)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        FixedNames.Parse(s_forms, line, context);
}
