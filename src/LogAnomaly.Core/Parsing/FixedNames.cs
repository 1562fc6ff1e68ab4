using System.Collections.Frozen;

namespace LogAnomaly.Parsing;

/// <summary>
/// What the values of formats that a server does not let its users define are called in their definitions here.
/// </summary>
internal static class FixedNames
{
    /// <summary>The names that are not those of nginx, or mean something else.</summary>
    public static IReadOnlyDictionary<string, FormatDirective> All { get; } = Build();

    /// <summary>
    /// Makes an event of a line by the first of some forms that fits and names a client or a request.
    /// </summary>
    /// <param name="forms">The forms.</param>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where no form fits.</returns>
    public static AccessEvent? Parse(LogFormatString[] forms, in LogLine line, ParseContext context)
    {
        foreach (LogFormatString form in forms)
        {
            if (form.Parse(line, context) is { Timestamp: not null } made
                && (made.SourceIP ?? made.SourceHost ?? made.Url) is not null)
            {
                return made;
            }
        }

        return null;
    }

    private static FrozenDictionary<string, FormatDirective> Build()
    {
        FormatDirective[] directives =
        [
            new(AccessField.Status, "origin_status", FieldShape.Number),
            new(AccessField.BytesSent, "size", FieldShape.Number),
            new(AccessField.Property, "request_count", FieldShape.Number),
            new(AccessField.Service, "router", FieldShape.Word),
            new(AccessField.Property, "server_url", FieldShape.Word),
            new(AccessField.DurationText, "duration", FieldShape.Word),
            new(AccessField.Property, "response_flags", FieldShape.Word),
            new(AccessField.BytesReceived, "bytes_received", FieldShape.Number),
            new(AccessField.Milliseconds, "duration_ms", FieldShape.Number),
            new(AccessField.Property, "upstream_service_time", FieldShape.Number),
            new(AccessField.VirtualHost, "authority", FieldShape.Free),
            new(AccessField.Property, "upstream_host", FieldShape.Word),
            new(AccessField.Property, "response_code_details", FieldShape.Word),
            new(AccessField.Property, "connection_termination_details", FieldShape.Word),
            new(AccessField.Service, "upstream_cluster", FieldShape.Word),
            new(AccessField.Property, "upstream_local_address", FieldShape.Word),
            new(AccessField.Property, "requested_server_name", FieldShape.Word),
            new(AccessField.Property, "route_name", FieldShape.Word),
            new(AccessField.Property, "type", FieldShape.Word),
            new(AccessField.HostName, "elb", FieldShape.Word),
            new(AccessField.Property, "target", FieldShape.Word),
            new(AccessField.Property, "request_processing_time", FieldShape.Number),
            new(AccessField.Seconds, "target_processing_time", FieldShape.Number),
            new(AccessField.Property, "response_processing_time", FieldShape.Number),
            new(AccessField.Property, "target_status", FieldShape.Number),
            new(AccessField.Service, "target_group_arn", FieldShape.Word),
            new(AccessField.RequestId, "trace_id", FieldShape.Word),
            new(AccessField.VirtualHost, "domain_name", FieldShape.Word),
            new(AccessField.Property, "matched_rule_priority", FieldShape.Word),
            new(AccessField.Property, "request_creation_time", FieldShape.Word),
            new(AccessField.Property, "proxy_alternative_upstream_name", FieldShape.Word),
            new(AccessField.Property, "upstream_cache_status", FieldShape.Word),
            new(AccessField.Property, "upstream_code", FieldShape.Word),
            new(AccessField.Skip, "realip", FieldShape.Word),
            new(AccessField.Property, "server", FieldShape.Word),
            new(AccessField.Referrer, "referer", FieldShape.Word),
        ];
        return directives.ToFrozenDictionary(directive => directive.Name, StringComparer.Ordinal);
    }
}
