namespace LogAnomaly.Parsing;

/// <summary>
/// The directives of mod_log_config, mod_logio and mod_ssl: <c>%[!status,...][&lt;|&gt;][{argument}][^]letter</c>.
/// </summary>
internal static class ApacheDirectives
{
    /// <summary>The meaning of a directive.</summary>
    /// <param name="letter">Its letter, such as <c>h</c>, or <c>^ti</c>.</param>
    /// <param name="argument">What stands in braces, or null.</param>
    /// <param name="directive">The meaning.</param>
    /// <returns>Whether there is such a directive.</returns>
    public static bool TryGet(string letter, string? argument, out FormatDirective directive)
    {
        FormatDirective? found = argument is null ? Plain(letter) : WithArgument(letter, argument) ?? Plain(letter);
        directive = found ?? default;
        return found is not null;
    }

    private static FormatDirective? Plain(string letter) => letter switch
    {
        "a" or "h" => new(AccessField.Client, "client", FieldShape.Word),
        "A" => new(AccessField.ServerAddress, "server_address", FieldShape.Word),
        "b" or "B" => new(AccessField.BytesSent, "bytes_sent", FieldShape.Number),
        "D" => new(AccessField.Microseconds, "duration", FieldShape.Number),
        "f" => new(AccessField.Property, "filename", FieldShape.Free),
        "F" => new(AccessField.Milliseconds, "first_byte_ms", FieldShape.Number),
        "H" => new(AccessField.Protocol, "protocol", FieldShape.Word),
        "I" => new(AccessField.BytesReceived, "bytes_received", FieldShape.Number),
        "k" => new(AccessField.Property, "keepalive_requests", FieldShape.Number),
        "l" => new(AccessField.Property, "ident", FieldShape.Free),
        "L" => new(AccessField.Property, "log_id", FieldShape.Word),
        "m" => new(AccessField.Method, "method", FieldShape.Word),
        "O" => new(AccessField.BytesSentTotal, "bytes_out", FieldShape.Number),
        "p" => new(AccessField.ServerPort, "port", FieldShape.Number),
        "P" => new(AccessField.ProcessId, "process_id", FieldShape.Number),
        "q" => new(AccessField.Query, "query", FieldShape.Free) { FirstByte = (byte)'?' },
        "r" => new(AccessField.Request, "request", FieldShape.Free),
        "R" => new(AccessField.Property, "handler", FieldShape.Word),
        "s" => new(AccessField.Status, "status", FieldShape.Number),
        "S" => new(AccessField.Property, "bytes_transferred", FieldShape.Number),
        "T" => new(AccessField.Seconds, "duration", FieldShape.Number),
        "u" => new(AccessField.UserName, "user", FieldShape.Free),
        "U" => new(AccessField.Path, "path", FieldShape.Free) { FirstByte = (byte)'/' },
        "v" => new(AccessField.ServerName, "server_name", FieldShape.Word),
        "V" => new(AccessField.VirtualHost, "host", FieldShape.Word),
        "X" => new(AccessField.Property, "connection_status", FieldShape.Byte),
        "^FB" => new(AccessField.Property, "first_byte_us", FieldShape.Number),
        _ => null,
    };

    private static FormatDirective? WithArgument(string letter, string argument) => letter switch
    {
        "a" or "h" when argument == "c" => new(AccessField.Peer, "peer", FieldShape.Word),
        "L" when argument == "c" => new(AccessField.Property, "connection_log_id", FieldShape.Word),
        "p" when argument == "remote" => new(AccessField.ClientPort, "remote_port", FieldShape.Number),
        "P" when argument is "tid" or "hextid" => new(AccessField.Property, "thread_id", FieldShape.Word),
        "T" when argument == "ms" => new(AccessField.Milliseconds, "duration", FieldShape.Number),
        "T" when argument == "us" => new(AccessField.Microseconds, "duration", FieldShape.Number),
        "i" => RequestHeader(argument),
        "o" or "^ti" or "^to" or "C" => new(AccessField.Property, Lower(argument), FieldShape.Free),
        "e" or "n" or "x" or "c" => Variable(argument),
        _ => null,
    };

    /// <summary>The meaning of a header of the request.</summary>
    /// <param name="header">Name of the header.</param>
    /// <returns>The meaning.</returns>
    public static FormatDirective RequestHeader(string header)
    {
        string name = Lower(header);
        return name switch
        {
            "user-agent" => new(AccessField.UserAgent, name, FieldShape.Free),
            "referer" => new(AccessField.Referrer, name, FieldShape.Free),
            "host" => new(AccessField.VirtualHost, name, FieldShape.Free),
            "x-forwarded-for" or "x-real-ip" or "true-client-ip" or "cf-connecting-ip"
                => new(AccessField.ForwardedFor, name, FieldShape.Free),
            "x-request-id" => new(AccessField.RequestId, name, FieldShape.Free),
            _ => new(AccessField.Property, name, FieldShape.Free),
        };
    }

    private static FormatDirective Variable(string name) => name switch
    {
        "UNIQUE_ID" => new(AccessField.RequestId, name, FieldShape.Word),
        "SSL_PROTOCOL" or "SSL_CIPHER" => new(AccessField.Property, name, FieldShape.Word),
        _ => new(AccessField.Property, name, FieldShape.Free),
    };

    // Header names are lower case in HTTP/2 and in ECS.
#pragma warning disable CA1308 // A header name is normalised for reading, not for comparing.
    private static string Lower(string header) => header.ToLowerInvariant();
#pragma warning restore CA1308
}
