namespace LogAnomaly.Tests.Parsing;

/// <summary>Lines of access logs with their fields: the specification of the format.</summary>
internal static class AccessSamples
{
    public static readonly Sample[] All =
    [
        // common
        new("127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Informational
            Message: GET /apache_pb.gif HTTP/1.0
            SourceIP: 127.0.0.1
            UserName: frank
            Method: GET
            Url: /apache_pb.gif
            UrlPath: /apache_pb.gif
            HttpVersion: 1.0
            StatusCode: 200
            BytesSent: 2326
            Outcome: Success
            """),
        // combined, and a field after the agent
        new("2001:db8::7 - - [01/Feb/2024:00:00:00 +0530] \"POST /a/b?x=1&y=?z HTTP/1.1\" 404 - \"http://example.org/?a=b\" \"Mozilla/5.0 (X11)\" \"-\"",
            """
            Timestamp: 2024-02-01 00:00:00 +05:30
            Level: Warning
            Message: POST /a/b?x=1&y=?z HTTP/1.1
            SourceIP: 2001:db8::7
            Method: POST
            Url: /a/b?x=1&y=?z
            UrlPath: /a/b
            UrlQuery: x=1&y=?z
            HttpVersion: 1.1
            StatusCode: 404
            Referrer: http://example.org/?a=b
            UserAgent: Mozilla/5.0 (X11)
            Outcome: Failure
            """),
        // vhost_combined, with the client's address and with its name
        new("www.example.org:443 192.0.2.1 - - [01/Feb/2024:00:00:00 +0000] \"PUT / HTTP/2.0\" 503 17 \"-\" \"-\"",
            """
            Timestamp: 2024-02-01 00:00:00 +00:00
            Level: Error
            Message: PUT / HTTP/2.0
            SourceIP: 192.0.2.1
            Method: PUT
            Url: /
            UrlPath: /
            HttpVersion: 2.0
            StatusCode: 503
            BytesSent: 17
            VirtualHost: www.example.org:443
            Outcome: Failure
            """),
        new("www.example.org:80 crawl-1.example.net - a b [01/Feb/2024:00:00:00 +0000] \"GET /? HTTP/2\" 304 0 \"-\" \"x\"",
            """
            Timestamp: 2024-02-01 00:00:00 +00:00
            Level: Informational
            Message: GET /? HTTP/2
            SourceHost: crawl-1.example.net
            UserName: a b
            Method: GET
            Url: /?
            UrlPath: /
            UrlQuery: 
            HttpVersion: 2
            StatusCode: 304
            BytesSent: 0
            UserAgent: x
            VirtualHost: www.example.org:80
            Outcome: Success
            """),
        new("example.org 10.0.0.2, 198.51.100.4 - req7 - [01/Feb/2024:00:00:00 +0000] \"-\" 408 - \"-\" \"-\"",
            """
            Timestamp: 2024-02-01 00:00:00 +00:00
            Level: Warning
            Message: -
            SourceIP: 198.51.100.4
            UserName: req7 -
            StatusCode: 408
            VirtualHost: example.org
            Outcome: Failure
            """),
        // names, sockets, lists
        new("monitoring-server - - [29/May/2017:19:02:48 +0000] \"\" 400 0 \"-\" \"-\"",
            """
            Timestamp: 2017-05-29 19:02:48 +00:00
            Level: Warning
            Message: 
            SourceHost: monitoring-server
            StatusCode: 400
            BytesSent: 0
            Outcome: Failure
            """),
        new("unix: - - [29/May/2017:19:02:48 +0000] \"hello\" 400 173 \"-\" \"-\"",
            """
            Timestamp: 2017-05-29 19:02:48 +00:00
            Level: Warning
            Message: hello
            SourceHost: unix:
            Url: hello
            StatusCode: 400
            BytesSent: 173
            Outcome: Failure
            """),
        new("10.0.0.2, 10.0.0.1, 127.0.0.1 - - [29/May/2017:19:02:48 +0000] \"GET / HTTP/1.1\" 200 5",
            """
            Timestamp: 2017-05-29 19:02:48 +00:00
            Level: Informational
            Message: GET / HTTP/1.1
            SourceIP: 10.0.0.2
            Method: GET
            Url: /
            UrlPath: /
            HttpVersion: 1.1
            StatusCode: 200
            BytesSent: 5
            Outcome: Success
            """),
        new("\"10.0.0.2, unknown, 203.0.113.9:5000\" 10.2.1.185 - - [29/May/2017:19:02:48 +0000] \"GET / HTTP/1.1\" 200 5",
            """
            Timestamp: 2017-05-29 19:02:48 +00:00
            Level: Informational
            Message: GET / HTTP/1.1
            SourceIP: 203.0.113.9
            Method: GET
            Url: /
            UrlPath: /
            HttpVersion: 1.1
            StatusCode: 200
            BytesSent: 5
            Outcome: Success
            """),
        new("- 198.51.100.4 - - [29/May/2017:19:02:48 +0000] \"GET\" 200 5",
            """
            Timestamp: 2017-05-29 19:02:48 +00:00
            Level: Informational
            Message: GET
            SourceIP: 198.51.100.4
            Method: GET
            StatusCode: 200
            BytesSent: 5
            Outcome: Success
            """),
        // a user that poses as a stamp, escaped quotes, escaped backslashes
        new("192.0.2.1 - x [10/Oct/2000:13:55:36 -0700] \\\"GET /no HTTP/1.1\\\" 200 1 [1/Oct/2001:00:00:01 +0000] \"GET /\\\" 404 7 HTTP/1.1\" - - \"a\\\"b\\\\\" \"c \\\" d\"",
            """
            Timestamp: 2001-10-01 00:00:01 +00:00
            Level: Informational
            Message: GET /\" 404 7 HTTP/1.1
            SourceIP: 192.0.2.1
            UserName: x [10/Oct/2000:13:55:36 -0700] \"GET /no HTTP/1.1\" 200 1
            Method: GET
            Url: /\" 404 7
            UrlPath: /\" 404 7
            HttpVersion: 1.1
            Referrer: a\"b\\
            UserAgent: c \" d
            Outcome: Unknown
            """),
        // a server that does not escape backslashes
        new("192.0.2.1 - \"\" [10/Oct/2000:13:55:36 -0700] \"GET /\\\" 400 7 \"-\" \"-\"",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Warning
            Message: GET /\
            SourceIP: 192.0.2.1
            Method: GET
            Url: /\
            UrlPath: /\
            StatusCode: 400
            BytesSent: 7
            Outcome: Failure
            """),
        // what is no HTTP, and targets that are no paths
        new("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"\\x16\\x03\\x01 \\x02 HTTP/1.1\" 400 226 \"-\" \"-\"",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Warning
            Message: \x16\x03\x01 \x02 HTTP/1.1
            SourceIP: 192.0.2.1
            Url: \x16\x03\x01 \x02 HTTP/1.1
            StatusCode: 400
            BytesSent: 226
            Outcome: Failure
            """),
        new("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"OPTIONS / RTSP/1.0\" 400 226 \"-\" \"-\"",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Warning
            Message: OPTIONS / RTSP/1.0
            SourceIP: 192.0.2.1
            Url: OPTIONS / RTSP/1.0
            StatusCode: 400
            BytesSent: 226
            Outcome: Failure
            """),
        new("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET http://example.org:81/p/q?r HTTP/1.1\" 000 226 \"-\" \"cut at the e",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Informational
            Message: GET http://example.org:81/p/q?r HTTP/1.1
            SourceIP: 192.0.2.1
            Method: GET
            Url: http://example.org:81/p/q?r
            UrlPath: /p/q
            UrlQuery: r
            HttpVersion: 1.1
            BytesSent: 226
            UserAgent: cut at the e
            Outcome: Unknown
            """),
        new("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"CONNECT example.org:25 HTTP/1.1\" 405 226",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Warning
            Message: CONNECT example.org:25 HTTP/1.1
            SourceIP: 192.0.2.1
            Method: CONNECT
            Url: example.org:25
            HttpVersion: 1.1
            StatusCode: 405
            BytesSent: 226
            Outcome: Failure
            """),
        new("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"OPTIONS * HTTP/1.0\" 200 - 0.003",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Informational
            Message: OPTIONS * HTTP/1.0
            SourceIP: 192.0.2.1
            Method: OPTIONS
            Url: *
            HttpVersion: 1.0
            StatusCode: 200
            Outcome: Success
            """),
        new("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /old.html\" 200 9",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Informational
            Message: GET /old.html
            SourceIP: 192.0.2.1
            Method: GET
            Url: /old.html
            UrlPath: /old.html
            StatusCode: 200
            BytesSent: 9
            Outcome: Success
            """),
        new("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET HTTP/1.1\" 400 9",
            """
            Timestamp: 2000-10-10 13:55:36 -07:00
            Level: Warning
            Message: GET HTTP/1.1
            SourceIP: 192.0.2.1
            Method: GET
            HttpVersion: 1.1
            StatusCode: 400
            BytesSent: 9
            Outcome: Failure
            """),
        // mod_ssl's request log
        new("[10/Aug/2018:09:45:56 +0200] 192.0.2.1 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 \"GET /a?b HTTP/1.1\" 1375",
            """
            Timestamp: 2018-08-10 09:45:56 +02:00
            Level: Informational
            Message: GET /a?b HTTP/1.1
            SourceIP: 192.0.2.1
            Method: GET
            Url: /a?b
            UrlPath: /a
            UrlQuery: b
            HttpVersion: 1.1
            BytesSent: 1375
            Outcome: Unknown
            """),
    ];

    public static readonly string[] Strangers =
    [
        "Oct 11 14:32:52 host nginx[1]: 192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "Oct  1 14:32:52 host nginx[1]: 192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "2024-01-01T00:00:00 host nginx: 192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "2024-01-01T00:00:00+00:00 host nginx: 192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "web_1  | 192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "192.0.2.1 [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "192.0.2.1 - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "192.0.2.1 - - [32/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 20 9",
        "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200",
        "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] GET / HTTP/1.1 200 9",
        " [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9",
        "[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] text",
        "[10/Aug/2018:09:45:56 +0200] - 404 404 - GET http example.org \"/x\" [Client 192.0.2.1] \"agent\"",
        "{\"remote_ip\":\"192.0.2.1\",\"status\":200}",
        "[",
        " ",
    ];
}
