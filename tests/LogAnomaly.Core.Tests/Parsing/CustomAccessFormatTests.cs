using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class CustomAccessFormatTests
{
    private const string Combined = "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"";

    private const string CombinedLine =
        "192.0.2.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a?b=1 HTTP/1.1\" 404 17 \"http://b/\" \"curl/8 \\\"x\\\"\"";

    [Theory]
    [InlineData("common", "192.0.2.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a?b=1 HTTP/1.1\" 404 17")]
    [InlineData("combined", CombinedLine)]
    [InlineData("vhost_common", "www.b 192.0.2.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a?b=1 HTTP/1.1\" 404 17")]
    [InlineData("vhost_combined", "www.b:443 " + CombinedLine)]
    [InlineData("combinedio", CombinedLine + " 300 400")]
    [InlineData(Combined, CombinedLine)]
    [InlineData(
        "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"",
        CombinedLine)]
    public void A_usual_format_gives_the_usual_fields(string definition, string line)
    {
        AccessEvent made = Parse(definition, line);
        Assert.Equal("192.0.2.1", made.SourceIP);
        Assert.Equal("frank", made.UserName);
        Assert.Equal(new DateTimeOffset(2000, 10, 10, 13, 55, 36, TimeSpan.FromHours(-7)), made.Timestamp);
        Assert.Equal("GET", made.Method);
        Assert.Equal("/a", made.UrlPath);
        Assert.Equal("b=1", made.UrlQuery);
        Assert.Equal("1.1", made.HttpVersion);
        Assert.Equal(404, made.StatusCode);
        Assert.Equal(17, made.BytesSent);
        Assert.Equal(LogLevel.Warning, made.Level);
        Assert.Equal("GET /a?b=1 HTTP/1.1", made.Message);
        Assert.Equal(line, made.Raw);
    }

    [Fact]
    public void Every_directive_of_mod_log_config_has_its_place()
    {
        const string Definition =
            "%a %{c}a %A %B %{sid}C %D %{env}e %f %H %{X-Foo}i %I %k %l %L %m %{note}n %{Content-Type}o %O %p "
                + "%{remote}p %P %{tid}P %q %R %s %>s %{ms}T %U %v %V %X %S %{x}^ti %{y}^to %{SSL_PROTOCOL}x %!200,304{Via}i %400,501{Expect}i %%";
        const string Line =
            "192.0.2.1 10.0.0.9 10.0.0.1 123 abc 4500 val /srv/a.html HTTP/1.1 bar 77 3 - Lx1 GET nt text/html 200 8443 "
                + "51000 4242 4711 ?q=1 proxy-server 302 200 4 /a.html www.b WWW.b + 277 ti to TLSv1.3 - - %";
        AccessEvent made = Parse(Definition, Line);
        Assert.Equal("192.0.2.1", made.SourceIP);
        Assert.Equal(51000, made.SourcePort);
        Assert.Equal("10.0.0.1", made.DestinationIP);
        Assert.Equal(8443, made.DestinationPort);
        Assert.Equal(123, made.BytesSent);
        Assert.Equal(77, made.BytesReceived);
        Assert.Equal(4.5, made.DurationMs);
        Assert.Equal(4242, made.ProcessId);
        Assert.Equal(200, made.StatusCode);
        Assert.Equal("WWW.b", made.VirtualHost);
        Assert.Equal("/a.html?q=1", made.Url);
        Assert.Equal("/a.html", made.UrlPath);
        Assert.Equal("q=1", made.UrlQuery);
        Assert.Equal("GET /a.html?q=1 HTTP/1.1", made.Message);
        (string Name, object Value)[] expected =
        [
            ("peer", "10.0.0.9"), ("sid", "abc"), ("env", "val"), ("filename", "/srv/a.html"), ("x-foo", "bar"),
            ("keepalive_requests", "3"), ("log_id", "Lx1"), ("note", "nt"), ("content-type", "text/html"),
            ("bytes_out", 200L), ("thread_id", "4711"), ("handler", "proxy-server"), ("original_status", 302L),
            ("connection_status", "+"), ("bytes_transferred", "277"), ("x", "ti"), ("y", "to"),
            ("SSL_PROTOCOL", "TLSv1.3"),
        ];
        foreach ((string name, object value) in expected)
        {
            Assert.Equal(value, made[name]);
        }

        Assert.False(made.GetProperties().ContainsKey("via"));
    }

    [Theory]
    [InlineData("%{%Y-%m-%d %H:%M:%S %z}t", "2024-02-29 13:14:15 +0530", "2024-02-29T13:14:15.0000000+05:30")]
    [InlineData("%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t",
        "29/Feb/2024 13:14:15.678 -0100", "2024-02-29T13:14:15.6780000-01:00")]
    [InlineData("%{%FT%T}t.%{usec_frac}t", "2024-02-29T13:14:15.678901", "2024-02-29T13:14:15.6789010+00:00")]
    [InlineData("%{sec}t", "1709212455", "2024-02-29T13:14:15.0000000+00:00")]
    [InlineData("%{msec}t", "1709212455678", "2024-02-29T13:14:15.6780000+00:00")]
    [InlineData("%{usec}t", "1709212455678901", "2024-02-29T13:14:15.6789010+00:00")]
    [InlineData("%{begin:%s}t %{end:%s}t", "1709212455 1709212466", "2024-02-29T13:14:15.0000000+00:00")]
    [InlineData("%{end:%s}t %{begin:%s}t", "1709212466 1709212455", "2024-02-29T13:14:15.0000000+00:00")]
    [InlineData("[%{%c}t]", "[Thu Feb 29 13:14:15 2024]", "2024-02-29T13:14:15.0000000+00:00")]
    [InlineData("%{%D %r}t", "02/29/24 01:14:15 PM", "2024-02-29T13:14:15.0000000+00:00")]
    [InlineData("%{%y%j%H%M}t", "240601314", "2024-02-29T13:14:00.0000000+00:00")]
    [InlineData("%{%e. %B %Y %k:%M}t", " 1. February 2024  7:05", "2024-02-01T07:05:00.0000000+00:00")]
    [InlineData("$time_iso8601", "2024-02-29T13:14:15+01:00", "2024-02-29T13:14:15.0000000+01:00")]
    [InlineData("$msec", "1709212455.678", "2024-02-29T13:14:15.6780000+00:00")]
    [InlineData("[$time_local] $msec",
        "[29/Feb/2024:14:14:15 +0100] 1709212455.678", "2024-02-29T14:14:15.6780000+01:00")]
    public void Times_are_read_in_every_form(string time, string text, string expected)
    {
        string status = time[0] is '$' || time[1] is '$' ? " $status" : " %s";
        AccessEvent made = Parse(time + status, text + " 200");
        Assert.Equal(expected, made.Timestamp?.ToString("O"));
    }

    [Fact]
    public void A_format_of_nginx_with_many_variables_is_read()
    {
        const string Definition = "$remote_addr:$remote_port $http_x_forwarded_for [$time_iso8601] $host:$server_port "
            + "$scheme \"$request_method ${request_uri} $server_protocol\" $status $bytes_sent $request_length "
            + "$request_time $upstream_addr $upstream_response_time $upstream_status $ssl_protocol/$ssl_cipher "
            + "$connection-$connection_requests $request_id $pipe $my_own";
        const string Line = "2001:db8::5:40000 198.51.100.9, 10.0.0.3 [2024-02-29T13:14:15+00:00] www.b:443 https "
            + "\"POST /login?x=\\x22 HTTP/2.0\" 502 900 120 0.250 10.0.0.7:80, 10.0.0.8:80 : unix:/a 0.100, 0.150 : 0.001 502, 502 : 200 "
            + "TLSv1.3/TLS_AES 17-2 f00d . mine, too";
        AccessEvent made = Parse(Definition, Line);
        Assert.Equal("2001:db8::5", made.SourceIP);
        Assert.Equal(40000, made.SourcePort);
        Assert.Equal("www.b", made.VirtualHost);
        Assert.Equal(443, made.DestinationPort);
        Assert.Equal("POST", made.Method);
        Assert.Equal("/login?x=\\x22", made.Url);
        Assert.Equal("2.0", made.HttpVersion);
        Assert.Equal(502, made.StatusCode);
        Assert.Equal(900, made.BytesSent);
        Assert.Equal(120, made.BytesReceived);
        Assert.Equal(250, made.DurationMs);
        Assert.Equal("f00d", made.RequestId);
        Assert.Equal("10.0.0.7:80, 10.0.0.8:80 : unix:/a", made["upstream_addr"]);
        Assert.Equal("502, 502 : 200", made["upstream_status"]);
        Assert.Equal("198.51.100.9, 10.0.0.3", made["http_x_forwarded_for"]);
        Assert.Equal("mine, too", made["my_own"]);
        Assert.Equal("17", made["connection"]);
    }

    [Fact]
    public void A_format_in_the_shape_of_JSON_is_read_and_its_escapes_are_undone()
    {
        CustomAccessFormat format = CustomAccessFormat.Parse(
            "log_format logs escape=json '{\"t\":\"$time_iso8601\",\"ip\":\"$remote_addr\",\n'\n  '\"u\":\"$remote_user\",\"r\":\"$request\",'\n"
            + "  '\"s\":$status,\"a\":\"$http_user_agent\"}';");
        Assert.Equal("logs", format.Name);
        format = new CustomAccessFormat(
            "escape=json '{\"t\":\"$time_iso8601\",\"ip\":\"$remote_addr\",\"u\":\"$remote_user\",\"r\":\"$request\",\"s\":$status,\"a\":\"$http_user_agent\"}'");
        AccessEvent made = Parse(
            format,
            "{\"t\":\"2024-02-29T13:14:15+00:00\",\"ip\":\"192.0.2.1\",\"u\":\"\",\"r\":\"GET / HTTP/1.1\",\"s\":200,\"a\":\"a\\\",\\\"s\\\":999\\u00e4\"}");
        Assert.Equal("192.0.2.1", made.SourceIP);
        Assert.Null(made.UserName);
        Assert.Equal(200, made.StatusCode);
        Assert.Equal("a\",\"s\":999ä", made.UserAgent);
    }

    [Theory]
    // A user with spaces, brackets and a whole line in it; the server escapes quotes.
    [InlineData(
        Combined,
        "192.0.2.1 - a [10/Oct/2000:13:55:36 -0700] \\\"GET / HTTP/1.1\\\" 200 5 [10/Oct/2001:13:55:36 -0700] \"GET /b HTTP/1.1\" 404 17 \"-\" \"-\"")]
    [InlineData(
        Combined,
        "192.0.2.1 - - [10/Oct/2001:13:55:36 -0700] \"GET /b HTTP/1.1\" 404 17 \"\\\" 200 5 \\\"\" \"x\\\" 200 \\\"\"")]
    [InlineData(
        Combined,
        "192.0.2.1 - - [10/Oct/2001:13:55:36 -0700] \"GET /b\\\" 200 5 \\\"-\\\" \\\"-\\\" HTTP/1.1\" 404 17 \"-\" \"-\"")]
    // A request without quotes: what follows it is the server's.
    [InlineData("%h %t %r %>s %b", "192.0.2.1 [10/Oct/2001:13:55:36 -0700] GET /b 200 5 HTTP/1.1 404 17")]
    [InlineData("%h %t %>s %b %{User-agent}i", "192.0.2.1 [10/Oct/2001:13:55:36 -0700] 404 17 a 200 5 b")]
    // The list of a proxy before the rest: the client is the server's word.
    [InlineData("%{X-Forwarded-For}i %h %t %>s %b",
        "9.9.9.9 8.8.8.8, 7.7.7.7 192.0.2.1 [10/Oct/2001:13:55:36 -0700] 404 17")]
    public void What_a_client_sends_does_not_move_the_fields(string definition, string line)
    {
        AccessEvent made = Parse(definition, line);
        Assert.Equal("192.0.2.1", made.SourceIP);
        Assert.Equal(2001, made.Timestamp?.Year);
        Assert.Equal(404, made.StatusCode);
        Assert.Equal(17, made.BytesSent);
    }

    [Theory]
    [InlineData("", "no field")]
    [InlineData("plain text", "no field")]
    [InlineData("%h %", "position 4")]
    [InlineData("%h %y", "position 4: '%y' is no directive")]
    [InlineData("%h %{Referer", "position 4: the brace is not closed")]
    [InlineData("%h %i", "needs a name")]
    [InlineData("%h %{%Q}t", "position 4")]
    [InlineData("%h%u %s", "Nothing stands between 'client' and 'user'")]
    [InlineData("$remote_addr $", "position 14")]
    [InlineData("${remote_addr", "position 1")]
    [InlineData("escape=xml '$remote_addr'", "escape=xml")]
    public void A_faulty_definition_is_refused_with_its_place(string definition, string cause)
    {
        FormatException fault = Assert.Throws<FormatException>(() => new CustomAccessFormat(definition));
        Assert.Contains(cause, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" abc 17 \"-\" \"-\"")]
    [InlineData("192.0.2.1 - frank [32/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 17 \"-\" \"-\"")]
    [InlineData("192.0.2.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 17 \"-\" \"-\" more")]
    public void A_line_of_another_form_gives_no_event(string line) =>
        Assert.Null(Sample.Parse(new CustomAccessFormat("combined"), line));

    [Fact]
    public void Formats_are_found_in_the_configuration_of_a_server()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, """
            http {
                # log_format old '$remote_addr';
                log_format main '$remote_addr - [$time_local] '
                                '"$request" $status'; # the usual
                access_log /var/log/nginx/access.log main;
                log_format short escape=none "$remote_addr \"$request\"";
                server { listen 80; }
            }
            """);
        try
        {
            CustomAccessFormat format = CustomAccessFormat.Parse($"@{path}:main");
            Assert.Equal("main", format.Name);
            Assert.Equal(
                404, Parse(format, "192.0.2.1 - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 404").StatusCode);
            Assert.Equal("main", CustomAccessFormat.Parse($"@{path}").Name);
            Assert.Equal(
                "GET", Parse(CustomAccessFormat.Parse($"@{path}:short"), "192.0.2.1 \"GET / HTTP/1.1\"").Method);
            Assert.Throws<FormatException>(() => CustomAccessFormat.Parse($"@{path}:none"));
        }
        finally
        {
            File.Delete(path);
        }

        IReadOnlyList<LogFormatDefinition> found = LogFormatConfiguration.Read("""
            ServerName b
            # LogFormat "%h" commented
            LogFormat "%h %l %u %t \"%r\" %>s %b \
              \"%{Referer}i\"" mine
            CustomLog /var/log/a.log "%h %>s" env=!x
            CustomLog logs/b.log mine
            ErrorLogFormat "[%t] %M"
            """);
        Assert.Equal(3, found.Count);
        Assert.Equal("mine", found[0].Name);
        Assert.Equal(LogFormatKind.ApacheError, found[2].Kind);
        Assert.Equal("[%t] %M", found[2].Text);
        Assert.Equal("%h %>s", found[1].Text);
    }

    private static AccessEvent Parse(string definition, string line) => Parse(new CustomAccessFormat(definition), line);

    private static AccessEvent Parse(CustomAccessFormat format, string line)
    {
        AccessEvent? made = Sample.Parse(format, line) as AccessEvent;
        Assert.True(made is not null, line);
        return made;
    }
}
