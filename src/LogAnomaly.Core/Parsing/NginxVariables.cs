using System.Collections.Frozen;

namespace LogAnomaly.Parsing;

/// <summary>The variables of nginx that a log_format names; any other name is a variable of the user's own.</summary>
internal static class NginxVariables
{
    private static readonly FrozenDictionary<string, FormatDirective> s_known = Build();

    /// <summary>The meaning of a variable.</summary>
    /// <param name="name">Its name without the dollar sign.</param>
    /// <returns>The meaning.</returns>
    public static FormatDirective Get(string name)
    {
        if (s_known.TryGetValue(name, out FormatDirective known))
        {
            return known;
        }

        if (name.StartsWith("http_", StringComparison.Ordinal) && name.Length > 5)
        {
            FormatDirective header = ApacheDirectives.RequestHeader(name[5..].Replace('_', '-'));
            return header with { Name = name };
        }

        return name.StartsWith("upstream_", StringComparison.Ordinal)
            ? new(AccessField.Property, name, FieldShape.List)
            : new(AccessField.Property, name, FieldShape.Free);
    }

    /// <summary>Whether a name is one of nginx's own.</summary>
    /// <param name="name">The name without the dollar sign.</param>
    /// <param name="directive">Its meaning.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryGet(string name, out FormatDirective directive) => s_known.TryGetValue(name, out directive);

    private static FrozenDictionary<string, FormatDirective> Build()
    {
        FormatDirective[] directives =
        [
            new(AccessField.Client, "remote_addr", FieldShape.Word),
            new(AccessField.ClientPort, "remote_port", FieldShape.Number),
            new(AccessField.UserName, "remote_user", FieldShape.Free),
            new(AccessField.Peer, "realip_remote_addr", FieldShape.Word),
            new(AccessField.Peer, "proxy_protocol_addr", FieldShape.Word),
            new(AccessField.ForwardedFor, "proxy_add_x_forwarded_for", FieldShape.Free),
            new(AccessField.ForwardedFor, "http_x_forwarded_for", FieldShape.Free),
            new(AccessField.Time, "time_local", FieldShape.CommonStamp),
            new(AccessField.Time, "time_iso8601", FieldShape.IsoStamp),
            new(AccessField.Time, "msec", FieldShape.Stamp),
            new(AccessField.Request, "request", FieldShape.Free),
            new(AccessField.Method, "request_method", FieldShape.Word),
            new(AccessField.Url, "request_uri", FieldShape.Free) { FirstByte = (byte)'/' },
            new(AccessField.Path, "uri", FieldShape.Free) { FirstByte = (byte)'/' },
            new(AccessField.Path, "document_uri", FieldShape.Free) { FirstByte = (byte)'/' },
            new(AccessField.Query, "args", FieldShape.Free),
            new(AccessField.Query, "query_string", FieldShape.Free),
            new(AccessField.Skip, "is_args", FieldShape.Word) { FirstByte = (byte)'?' },
            new(AccessField.Status, "status", FieldShape.Number),
            new(AccessField.BytesSent, "body_bytes_sent", FieldShape.Number),
            new(AccessField.BytesSentTotal, "bytes_sent", FieldShape.Number),
            new(AccessField.BytesReceived, "request_length", FieldShape.Number),
            new(AccessField.Seconds, "request_time", FieldShape.Number),
            new(AccessField.Seconds, "session_time", FieldShape.Number),
            new(AccessField.Referrer, "http_referer", FieldShape.Free),
            new(AccessField.UserAgent, "http_user_agent", FieldShape.Free),
            new(AccessField.VirtualHost, "http_host", FieldShape.Free),
            new(AccessField.VirtualHost, "host", FieldShape.Word),
            new(AccessField.ServerName, "server_name", FieldShape.Word),
            new(AccessField.ServerAddress, "server_addr", FieldShape.Word),
            new(AccessField.ServerPort, "server_port", FieldShape.Number),
            new(AccessField.Protocol, "server_protocol", FieldShape.Word),
            new(AccessField.Protocol, "protocol", FieldShape.Word),
            new(AccessField.RequestId, "request_id", FieldShape.Word),
            new(AccessField.RequestId, "req_id", FieldShape.Word),
            new(AccessField.ProcessId, "pid", FieldShape.Number),
            new(AccessField.HostName, "hostname", FieldShape.Word),
            new(AccessField.Service, "proxy_upstream_name", FieldShape.Word),
        ];
        Dictionary<string, FormatDirective> known = new(StringComparer.Ordinal);
        foreach (FormatDirective directive in directives)
        {
            known.Add(directive.Name, directive);
        }

        string[] words =
        [
            "scheme", "https", "ssl_protocol", "ssl_cipher", "ssl_session_reused", "ssl_session_id", "ssl_server_name",
            "pipe", "gzip_ratio", "nginx_version", "binary_remote_addr", "limit_rate", "http2", "http3", "proxy_host",
            "proxy_port", "limit_req_status", "limit_conn_status", "request_completion", "ssl_client_verify",
            "ssl_client_fingerprint", "ssl_client_serial", "ssl_curve", "ssl_early_data", "connection_time",
            "namespace", "geoip_country_code", "geoip2_data_country_code", "sent_http_content_length",
        ];
        foreach (string word in words)
        {
            known.Add(word, new(AccessField.Property, word, FieldShape.Word));
        }

        foreach (string number in new[] { "connection", "connection_requests", "proxy_protocol_port",
            "realip_remote_port", "bytes_received", "content_length" })
        {
            known.Add(number, new(AccessField.Property, number, FieldShape.Number));
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
