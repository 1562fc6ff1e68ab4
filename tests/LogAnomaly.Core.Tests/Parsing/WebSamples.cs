namespace LogAnomaly.Tests.Parsing;

/// <summary>Lines of the logs of web servers and proxies with their fields: the specification of the formats.</summary>
internal static class WebSamples
{
    public static readonly Dictionary<string, Sample[]> All = new()
    {
        ["nginx-error"] =
        [
            new("2023/01/02 03:04:05 [error] 123#456: *789 open() \"/srv/a b\" failed (2: No such file or directory), client: 192.0.2.1, server: x, request: \"GET /a%20b?c=1 HTTP/1.1\", upstream: \"http://10.0.0.1:80/a\", host: \"h:8080\", referrer: \"http://b/\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 123
                Level: Error
                Message: open() "/srv/a b" failed (2: No such file or directory), client: 192.0.2.1, server: x, request: "GET /a%20b?c=1 HTTP/1.1", upstream: "http://10.0.0.1:80/a", host: "h:8080", referrer: "http://b/"
                Category: web
                Action: file_not_found
                Outcome: Failure
                ThreadId: 456
                RequestId: 789
                SourceIP: 192.0.2.1
                VirtualHost: h:8080
                Method: GET
                Url: /a%20b?c=1
                UrlPath: /a%20b
                UrlQuery: c=1
                HttpVersion: 1.1
                Referrer: http://b/
                SystemErrorCode: 2
                SystemError: No such file or directory
                """),
            new("2023/01/02 03:04:05 [error] 123#0: *789 user \"root\": password mismatch, client: 2001:db8::1, server: x, request: \"GET / HTTP/2.0\", host: \"h\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 123
                Level: Error
                Message: user "root": password mismatch, client: 2001:db8::1, server: x, request: "GET / HTTP/2.0", host: "h"
                Category: authentication
                Action: basic_login
                Outcome: Failure
                UserName: root
                ThreadId: 0
                RequestId: 789
                SourceIP: 2001:db8::1
                VirtualHost: h
                Method: GET
                Url: /
                UrlPath: /
                HttpVersion: 2.0
                """),
            new("2023/01/02 03:04:05 [error] 123#0: *789 user \"a\": password mismatch, client: 9.9.9.9, server: y\" was not found in \"/etc/nginx/.htpasswd\", client: 192.0.2.1, server: x, request: \"GET / HTTP/1.1\", host: \"h\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 123
                Level: Error
                Message: user "a": password mismatch, client: 9.9.9.9, server: y" was not found in "/etc/nginx/.htpasswd", client: 192.0.2.1, server: x, request: "GET / HTTP/1.1", host: "h"
                Category: authentication
                Action: basic_login
                Outcome: Failure
                UserName: a": password mismatch, client: 9.9.9.9, server: y
                ThreadId: 0
                RequestId: 789
                SourceIP: 192.0.2.1
                VirtualHost: h
                Method: GET
                Url: /
                UrlPath: /
                HttpVersion: 1.1
                """),
            new("2023/01/02 03:04:05 [error] 123#0: *789 access forbidden by rule, client: 192.0.2.1, server: x, request: \"GET /, client: 9.9.9.9, server: y HTTP/1.1\", host: \"h\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 123
                Level: Error
                Message: access forbidden by rule, client: 192.0.2.1, server: x, request: "GET /, client: 9.9.9.9, server: y HTTP/1.1", host: "h"
                Category: web
                Action: access_denied
                Outcome: Failure
                ThreadId: 0
                RequestId: 789
                SourceIP: 192.0.2.1
                VirtualHost: h
                Method: GET
                Url: /, client: 9.9.9.9, server: y
                UrlPath: /, client: 9.9.9.9, server: y
                HttpVersion: 1.1
                """),
            new("2023/01/02 03:04:05 [error] 123#0: *7 limiting requests, excess: 1.852 by zone \"one\", client: 192.0.2.1, server: , request: \"POST /login HTTP/1.1\", host: \"h\", referrer: \"x\", client: 9.9.9.9, server: y, request: \"GET / HTTP/1.1\", host: \"z\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 123
                Level: Error
                Message: limiting requests, excess: 1.852 by zone "one", client: 192.0.2.1, server: , request: "POST /login HTTP/1.1", host: "h", referrer: "x", client: 9.9.9.9, server: y, request: "GET / HTTP/1.1", host: "z"
                Category: web
                Action: request_limited
                Outcome: Failure
                ThreadId: 0
                RequestId: 7
                SourceIP: 192.0.2.1
                VirtualHost: h
                Method: POST
                Url: /login
                UrlPath: /login
                HttpVersion: 1.1
                Referrer: x", client: 9.9.9.9, server: y, request: "GET / HTTP/1.1", host: "z
                """),
            new("2023/01/02 03:04:05 [error] 123#0: *7 limiting connections by zone \"two\", client: 192.0.2.1, server: _, request: \"GET / HTTP/1.0\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 123
                Level: Error
                Message: limiting connections by zone "two", client: 192.0.2.1, server: _, request: "GET / HTTP/1.0"
                Category: web
                Action: connection_limited
                Outcome: Failure
                ThreadId: 0
                RequestId: 7
                SourceIP: 192.0.2.1
                VirtualHost: _
                Method: GET
                Url: /
                UrlPath: /
                HttpVersion: 1.0
                """),
            new("2023/01/02 03:04:05 [info] 12#12: *1 client sent invalid method while reading client request line, client: 192.0.2.1, server: _, request: \"\\x16\\x03\", host: \"evil\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 12
                Level: Informational
                Message: client sent invalid method while reading client request line, client: 192.0.2.1, server: _, request: "\x16\x03", host: "evil"
                Category: web
                Action: bad_request
                Outcome: Failure
                ThreadId: 12
                RequestId: 1
                SourceIP: 192.0.2.1
                VirtualHost: _
                Url: \x16\x03", host: "evil
                """),
            new("2023/01/02 03:04:05 [error] 12#12: *1 directory index of \"/srv/\" is forbidden, client: 192.0.2.1, server: _, request: \"GET / HTTP/1.1\", host: \"h\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 12
                Level: Error
                Message: directory index of "/srv/" is forbidden, client: 192.0.2.1, server: _, request: "GET / HTTP/1.1", host: "h"
                Category: web
                Action: directory_listing_denied
                Outcome: Failure
                ThreadId: 12
                RequestId: 1
                SourceIP: 192.0.2.1
                VirtualHost: h
                Method: GET
                Url: /
                UrlPath: /
                HttpVersion: 1.1
                """),
            new("2023/01/02 03:04:05 [info] 8#8: *6631 client login failed: \"AUTH not supported\" while in http auth state, client: 192.0.2.1, server: 0.0.0.0:25, login: \"a@b\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 8
                Level: Informational
                Message: client login failed: "AUTH not supported" while in http auth state, client: 192.0.2.1, server: 0.0.0.0:25, login: "a@b"
                Category: authentication
                Action: login
                Outcome: Failure
                UserName: a@b
                ThreadId: 8
                RequestId: 6631
                SourceIP: 192.0.2.1
                VirtualHost: 0.0.0.0:25
                """),
            new("2023/01/02 03:04:05 [emerg] 1#0: bind() to 0.0.0.0:80 failed (98: Address already in use)",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 1
                Level: Emergency
                Message: bind() to 0.0.0.0:80 failed (98: Address already in use)
                Outcome: Unknown
                ThreadId: 0
                SystemErrorCode: 98
                SystemError: Address already in use
                """),
            new("2023/01/02 03:04:05 [notice] 1#1: signal process started",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 1
                Level: Notice
                Message: signal process started
                Outcome: Unknown
                ThreadId: 1
                """),
            new("2023/01/02 03:04:05 [error] 1#1: *3 [client 192.0.2.1] ModSecurity: Access denied with code 403 (phase 2). Matched \"Operator `Rx' with parameter `a' against variable `ARGS:[id \"1\"]' (Value: `x' ) [file \"/r.conf\"] [line \"29\"] [id \"930100\"] [rev \"\"] [msg \"Path Traversal \\\"x\\\"\"] [severity \"2\"] [tag \"a\"] [tag \"b\"] [hostname \"h\"] [uri \"/a\"] [unique_id \"u1\"] [ref \"o8\"], client: 192.0.2.1, server: x, request: \"GET /a HTTP/1.1\", host: \"h\"",
                """
                Timestamp: 2023-01-02 03:04:05 +00:00
                ProcessId: 1
                Level: Error
                Message: [client 192.0.2.1] ModSecurity: Access denied with code 403 (phase 2). Matched "Operator `Rx' with parameter `a' against variable `ARGS:[id "1"]' (Value: `x' ) [file "/r.conf"] [line "29"] [id "930100"] [rev ""] [msg "Path Traversal \"x\""] [severity "2"] [tag "a"] [tag "b"] [hostname "h"] [uri "/a"] [unique_id "u1"] [ref "o8"], client: 192.0.2.1, server: x, request: "GET /a HTTP/1.1", host: "h"
                Category: intrusion_detection
                Action: request_blocked
                Outcome: Failure
                ThreadId: 1
                RequestId: 3
                SourceIP: 192.0.2.1
                VirtualHost: h
                Method: GET
                Url: /a
                UrlPath: /a
                HttpVersion: 1.1
                RuleId: 930100
                RuleName: Path Traversal \"x\"
                """),
        ],
        ["w3c"] =
        [
            new("2018-12-31 12:52:33 10.44.0.136 GET /a q=1 443 CORP\\bob 10.50.6.188 Mozilla/4.0+(compatible;+MSIE+8.0) http://b/a+b 401 2 5 15",
                """
                Timestamp: 2018-12-31 12:52:33 +00:00
                Level: Warning
                Message: GET /a?q=1
                SourceIP: 10.50.6.188
                UserName: CORP\bob
                Method: GET
                Url: /a?q=1
                UrlPath: /a
                UrlQuery: q=1
                StatusCode: 401
                DurationMs: 15
                Referrer: http://b/a+b
                UserAgent: Mozilla/4.0 (compatible; MSIE 8.0)
                DestinationIP: 10.44.0.136
                DestinationPort: 443
                Outcome: Failure
                """),
            new("2018-12-31 12:52:33 10.44.0.136 POST / - 80 - ::1%0 - 200 0 0 0",
                """
                Timestamp: 2018-12-31 12:52:33 +00:00
                Level: Informational
                Message: POST /
                SourceIP: ::1
                Method: POST
                Url: /
                UrlPath: /
                StatusCode: 200
                DurationMs: 0
                DestinationIP: 10.44.0.136
                DestinationPort: 80
                Outcome: Success
                """),
        ],
        ["iis"] =
        [
            new("192.168.114.201, -, 03/20/01, 7:55:20, W3SVC2, SALES1, 172.21.13.45, 4502, 163, 3223, 200, 0, GET, /DeptLogo.gif, -,",
                """
                Timestamp: 2001-03-20 07:55:20 +00:00
                Level: Informational
                Message: GET /DeptLogo.gif
                SourceIP: 192.168.114.201
                Method: GET
                Url: /DeptLogo.gif
                UrlPath: /DeptLogo.gif
                StatusCode: 200
                BytesSent: 3223
                BytesReceived: 163
                DurationMs: 4502
                DestinationIP: 172.21.13.45
                Outcome: Success
                """),
            new("192.168.110.54, bob, 3/20/2001, 16:00:20, MSFTPSVC2, SALES1, 172.16.255.255, 0, 275, 0, 404, 2, GET, /a, b.html, q=1,2,",
                """
                Timestamp: 2001-03-20 16:00:20 +00:00
                Level: Warning
                Message: GET /a, b.html?q=1,2
                SourceIP: 192.168.110.54
                UserName: bob
                Method: GET
                Url: /a, b.html?q=1,2
                UrlPath: /a, b.html
                UrlQuery: q=1,2
                StatusCode: 404
                BytesSent: 0
                BytesReceived: 275
                DurationMs: 0
                DestinationIP: 172.16.255.255
                Outcome: Failure
                """),
        ],
        ["squid"] =
        [
            new("1140701044.525   1231 192.168.1.201 TCP_DENIED/400 1536 GET http://www.example.org/a?b=1 bob NONE/- text/html",
                """
                Timestamp: 2006-02-23 13:24:04.525 +00:00
                Level: Warning
                Message: GET http://www.example.org/a?b=1
                SourceIP: 192.168.1.201
                UserName: bob
                Method: GET
                Url: http://www.example.org/a?b=1
                UrlPath: /a
                UrlQuery: b=1
                StatusCode: 400
                BytesSent: 1536
                DurationMs: 1231
                Outcome: Failure
                """),
            new("1140701044.525     12 2001:db8::1 TCP_MISS/200 1536 CONNECT example.org:443 - HIER_DIRECT/93.184.216.34 -",
                """
                Timestamp: 2006-02-23 13:24:04.525 +00:00
                Level: Informational
                Message: CONNECT example.org:443
                SourceIP: 2001:db8::1
                Method: CONNECT
                Url: example.org:443
                StatusCode: 200
                BytesSent: 1536
                DurationMs: 12
                Outcome: Success
                """),
        ],
        ["haproxy"] =
        [
            new("117.136.40.129:14853 [14/Jan/2015:12:48:57.127] https-in~ xx/node_8002 170/0/0/3/173 200 739 - - --NN 0/0/0/0/0 0/0 \"GET /xxx/xxx?a=1 HTTP/1.1\"",
                """
                Timestamp: 2015-01-14 12:48:57.127 +00:00
                Level: Informational
                Message: GET /xxx/xxx?a=1 HTTP/1.1
                SourceIP: 117.136.40.129
                SourcePort: 14853
                Method: GET
                Url: /xxx/xxx?a=1
                UrlPath: /xxx/xxx
                UrlQuery: a=1
                HttpVersion: 1.1
                StatusCode: 200
                BytesSent: 739
                DurationMs: 173
                ServiceName: xx/node_8002
                Outcome: Success
                """),
            new("192.0.2.1:1 [14/Jan/2015:12:48:57.127] in be/<NOSRV> -1/-1/-1/-1/+5 503 +212 c=1 d=2 SC-- 1/1/0/0/+3 0/0 {h|Mozilla/5.0 (X11} {gzip} \"GET / HTTP/1.1\" 0/0/0/0/0 -/TLSv1.3/AES",
                """
                Timestamp: 2015-01-14 12:48:57.127 +00:00
                Level: Error
                Message: GET / HTTP/1.1
                SourceIP: 192.0.2.1
                SourcePort: 1
                Method: GET
                Url: /
                UrlPath: /
                HttpVersion: 1.1
                StatusCode: 503
                BytesSent: 212
                DurationMs: 5
                ServiceName: be/<NOSRV>
                Outcome: Failure
                """),
            new("[2001:db8::1]:9 [14/Jan/2015:12:48:57.127] in in/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 1/1/0/0/0 0/0 \"<BADREQ>\"",
                """
                Timestamp: 2015-01-14 12:48:57.127 +00:00
                Level: Warning
                Message: <BADREQ>
                SourceIP: 2001:db8::1
                SourcePort: 9
                Url: <BADREQ>
                StatusCode: 400
                BytesSent: 0
                DurationMs: 0
                ServiceName: in/<NOSRV>
                Outcome: Failure
                """),
            new("192.0.2.1:33320 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0",
                """
                Timestamp: 2009-02-06 12:12:51.443 +00:00
                Level: Informational
                Message: 192.0.2.1:33320 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0
                SourceIP: 192.0.2.1
                SourcePort: 33320
                BytesSent: 212
                DurationMs: 5007
                ServiceName: bck/srv1
                Outcome: Unknown
                """),
            new("192.168.1.4:50033 [28/Feb/2025:02:43:10.123] frontend/backend: SSL handshake failure (error:0A0000C1:SSL routines::no shared cipher)",
                """
                Timestamp: 2025-02-28 02:43:10.123 +00:00
                Level: Warning
                Message: SSL handshake failure (error:0A0000C1:SSL routines::no shared cipher)
                SourceIP: 192.168.1.4
                SourcePort: 50033
                Outcome: Unknown
                """),
        ],
        ["traefik"] =
        [
            new("192.0.2.1 - bob [29/Jan/2020:00:00:00 +0000] \"GET /a HTTP/1.1\" 502 2 \"-\" \"curl/8\" 17 \"web@docker\" \"http://10.0.0.1:80\" 12ms",
                """
                Timestamp: 2020-01-29 00:00:00 +00:00
                Level: Error
                Message: GET /a HTTP/1.1
                SourceIP: 192.0.2.1
                UserName: bob
                Method: GET
                Url: /a
                UrlPath: /a
                HttpVersion: 1.1
                StatusCode: 502
                BytesSent: 2
                DurationMs: 12
                UserAgent: curl/8
                ServiceName: web@docker
                Outcome: Failure
                """),
        ],
        ["ingress-nginx"] =
        [
            new("192.0.2.1 - - [07/Feb/2020:11:48:51 +0000] \"GET / HTTP/1.1\" 200 59 \"-\" \"curl/7.54.0\" 79 0.004 [default-web-8080] [] 172.17.0.5:8080, 172.17.0.6:8080 0, 59 0.002, 0.002 502, 200 2f19",
                """
                Timestamp: 2020-02-07 11:48:51 +00:00
                Level: Informational
                Message: GET / HTTP/1.1
                SourceIP: 192.0.2.1
                Method: GET
                Url: /
                UrlPath: /
                HttpVersion: 1.1
                StatusCode: 200
                BytesSent: 59
                BytesReceived: 79
                DurationMs: 4
                UserAgent: curl/7.54.0
                ServiceName: default-web-8080
                RequestId: 2f19
                Outcome: Success
                """),
            new("192.0.2.1 - [10.0.0.9] - bob [07/Feb/2020:11:48:51 +0000] \"GET / HTTP/1.1\" 401 59 \"-\" \"a\\\" 1 2 [x]\" 79 0.004 [default-web-8080] - - - - 2f19",
                """
                Timestamp: 2020-02-07 11:48:51 +00:00
                Level: Warning
                Message: GET / HTTP/1.1
                SourceIP: 192.0.2.1
                UserName: bob
                Method: GET
                Url: /
                UrlPath: /
                HttpVersion: 1.1
                StatusCode: 401
                BytesSent: 59
                BytesReceived: 79
                DurationMs: 4
                UserAgent: a\" 1 2 [x]
                ServiceName: default-web-8080
                RequestId: 2f19
                Outcome: Failure
                """),
        ],
        ["envoy"] =
        [
            new("[2016-04-15T20:17:00.310Z] \"POST /api/v1/locations HTTP/2\" 204 - 154 0 226 100 \"10.0.35.28, 192.0.2.1\" \"nsq2http\" \"cc21d9b0-cf5c\" \"locations\" \"10.0.0.7:80\"",
                """
                Timestamp: 2016-04-15 20:17:00.31 +00:00
                Level: Informational
                Message: POST /api/v1/locations HTTP/2
                SourceIP: 192.0.2.1
                Method: POST
                Url: /api/v1/locations
                UrlPath: /api/v1/locations
                HttpVersion: 2
                StatusCode: 204
                BytesSent: 0
                BytesReceived: 154
                DurationMs: 226
                UserAgent: nsq2http
                VirtualHost: locations
                RequestId: cc21d9b0-cf5c
                Outcome: Success
                """),
            new("[2020-11-25T21:26:18.409Z] \"GET /status/418 HTTP/1.1\" 418 - via_upstream - \"-\" 0 135 4 4 \"-\" \"curl/7.73.0-DEV\" \"84961386-6d84\" \"httpbin:8000\" \"127.0.0.1:80\" inbound|8000|| 127.0.0.1:41854 10.44.1.27:80 10.44.1.23:37652 outbound_.8000_._.httpbin default",
                """
                Timestamp: 2020-11-25 21:26:18.409 +00:00
                Level: Warning
                Message: GET /status/418 HTTP/1.1
                SourceIP: 10.44.1.23
                SourcePort: 37652
                Method: GET
                Url: /status/418
                UrlPath: /status/418
                HttpVersion: 1.1
                StatusCode: 418
                BytesSent: 135
                BytesReceived: 0
                DurationMs: 4
                UserAgent: curl/7.73.0-DEV
                VirtualHost: httpbin:8000
                DestinationIP: 10.44.1.27
                DestinationPort: 80
                ServiceName: inbound|8000||
                RequestId: 84961386-6d84
                Outcome: Failure
                """),
        ],
        ["aws-elb"] =
        [
            new("h2 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c49 192.0.2.1:2817 10.0.0.1:80 0.000 0.001 0.000 403 502 34 366 \"GET https://www.example.com:443/a?b=1 HTTP/2.0\" \"curl/7.46.0 \\\"x\" ECDHE TLSv1.2 arn:aws:tg/1 \"Root=1-58337262\" \"www.example.com\" \"arn:c\" 0 2018-07-02T22:22:48.364000Z \"forward\" \"-\" \"-\" \"10.0.0.1:80\" \"502\" \"-\" \"-\"",
                """
                Timestamp: 2018-07-02 22:23:00.186641 +00:00
                Level: Warning
                Message: GET https://www.example.com:443/a?b=1 HTTP/2.0
                SourceIP: 192.0.2.1
                SourcePort: 2817
                Method: GET
                Url: https://www.example.com:443/a?b=1
                UrlPath: /a
                UrlQuery: b=1
                HttpVersion: 2.0
                StatusCode: 403
                BytesSent: 366
                BytesReceived: 34
                DurationMs: 1
                UserAgent: curl/7.46.0 \"x
                VirtualHost: www.example.com
                ServiceName: arn:aws:tg/1
                RequestId: Root=1-58337262
                Outcome: Failure
                """),
            new("2015-05-13T23:39:43.945958Z my-loadbalancer 192.0.2.1:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 \"GET http://www.example.com:80/ HTTP/1.1\" \"curl/7.38.0\" - -",
                """
                Timestamp: 2015-05-13 23:39:43.945958 +00:00
                Level: Informational
                Message: GET http://www.example.com:80/ HTTP/1.1
                SourceIP: 192.0.2.1
                SourcePort: 2817
                Method: GET
                Url: http://www.example.com:80/
                UrlPath: /
                HttpVersion: 1.1
                StatusCode: 200
                BytesSent: 29
                BytesReceived: 0
                DurationMs: 1.048
                UserAgent: curl/7.38.0
                Outcome: Success
                """),
        ],
        ["nginx-proxy-manager"] =
        [
            new("[24/Jan/2022:16:51:02 +0000] HIT 404 404 - GET http openresty.local \"/sdfdsf\" [Client 192.0.2.1] [Length 192] [Gzip 3.10] [Sent-to openresty] \"Mozilla/5.0 \\\"[Client 9.9.9.9]\\\"\" \"-\"",
                """
                Timestamp: 2022-01-24 16:51:02 +00:00
                Level: Warning
                Message: GET /sdfdsf
                SourceIP: 192.0.2.1
                Method: GET
                Url: /sdfdsf
                UrlPath: /sdfdsf
                StatusCode: 404
                BytesSent: 192
                UserAgent: Mozilla/5.0 \"[Client 9.9.9.9]\"
                VirtualHost: openresty.local
                Outcome: Failure
                """),
            new("[24/Jan/2022:13:40:19 +0000] 444 - GET https 4.3.2.1 \"/.env\" [Client 192.0.2.1] [Length 0] [Gzip -] \"curl\" \"http://b/\"",
                """
                Timestamp: 2022-01-24 13:40:19 +00:00
                Level: Warning
                Message: GET /.env
                SourceIP: 192.0.2.1
                Method: GET
                Url: /.env
                UrlPath: /.env
                StatusCode: 444
                BytesSent: 0
                Referrer: http://b/
                UserAgent: curl
                VirtualHost: 4.3.2.1
                Outcome: Failure
                """),
        ],
        ["json-access"] =
        [
            new("{\"level\":\"info\",\"ts\":1693840791.7564995,\"logger\":\"http.log.access\",\"msg\":\"handled request\",\"request\":{\"remote_ip\":\"172.17.0.1\",\"remote_port\":\"44790\",\"client_ip\":\"192.0.2.1\",\"proto\":\"HTTP/2.0\",\"method\":\"GET\",\"host\":\"h:8080\",\"uri\":\"/a?b=1\",\"headers\":{\"User-Agent\":[\"curl/7.74.0\"],\"Referer\":[\"http://b/\"]}},\"bytes_read\":5,\"user_id\":\"bob\",\"duration\":0.0027,\"size\":12,\"status\":404,\"resp_headers\":{\"Server\":[\"Caddy\"]}}",
                """
                Timestamp: 2023-09-04 15:19:51.7564995 +00:00
                Level: Warning
                Message: GET /a?b=1 HTTP/2.0
                SourceIP: 192.0.2.1
                SourcePort: 44790
                UserName: bob
                Method: GET
                Url: /a?b=1
                UrlPath: /a
                UrlQuery: b=1
                HttpVersion: 2.0
                StatusCode: 404
                BytesSent: 12
                BytesReceived: 5
                DurationMs: 2.7
                Referrer: http://b/
                UserAgent: curl/7.74.0
                VirtualHost: h:8080
                Outcome: Failure
                """),
            new("{\"ClientAddr\":\"192.0.2.1:39490\",\"ClientHost\":\"192.0.2.1\",\"ClientPort\":\"39490\",\"ClientUsername\":\"-\",\"DownstreamContentSize\":356,\"DownstreamStatus\":404,\"Duration\":215563,\"OriginStatus\":200,\"RequestCount\":113,\"RequestHost\":\"h\",\"RequestMethod\":\"GET\",\"RequestPath\":\"/a.dtd\",\"RequestProtocol\":\"HTTP/1.1\",\"RouterName\":\"test@docker\",\"ServiceName\":\"svc@docker\",\"StartUTC\":\"2021-12-08T14:02:43.464763557Z\",\"request_User-Agent\":\"Nikto\",\"time\":\"2021-12-08T14:02:43Z\"}",
                """
                Timestamp: 2021-12-08 14:02:43.4647635 +00:00
                Level: Warning
                Message: GET /a.dtd HTTP/1.1
                SourceIP: 192.0.2.1
                SourcePort: 39490
                Method: GET
                Url: /a.dtd
                UrlPath: /a.dtd
                HttpVersion: 1.1
                StatusCode: 404
                BytesSent: 356
                DurationMs: 0.215563
                UserAgent: Nikto
                VirtualHost: h
                ServiceName: svc@docker
                Outcome: Failure
                """),
            new("{\"time_local\":\"08/Dec/2021:14:02:43 +0100\",\"remote_addr\":\"192.0.2.1\",\"remote_user\":\"\",\"request\":\"GET /\\\\x22 HTTP/1.1\",\"status\": \"200\",\"body_bytes_sent\":\"17\",\"request_time\":\"0.250\",\"http_referrer\":\"\",\"http_user_agent\":\"a\\\"b\"}",
                """
                Timestamp: 2021-12-08 14:02:43 +01:00
                Level: Informational
                Message: GET /\x22 HTTP/1.1
                SourceIP: 192.0.2.1
                Method: GET
                Url: /\x22
                UrlPath: /\x22
                HttpVersion: 1.1
                StatusCode: 200
                BytesSent: 17
                DurationMs: 250
                UserAgent: a"b
                Outcome: Success
                """),
            new("{\"httpRequest\":{\"requestMethod\":\"GET\",\"requestUrl\":\"https://h/a\",\"requestSize\":\"300\",\"status\":502,\"responseSize\":\"10\",\"userAgent\":\"c\",\"remoteIp\":\"2001:db8::1\",\"serverIp\":\"10.0.0.1\",\"latency\":\"0.125s\",\"protocol\":\"HTTP/1.1\"},\"timestamp\":\"2021-12-08T14:02:43.5Z\",\"severity\":\"ERROR\"}",
                """
                Timestamp: 2021-12-08 14:02:43.5 +00:00
                Level: Error
                Message: GET https://h/a HTTP/1.1
                SourceIP: 2001:db8::1
                Method: GET
                Url: https://h/a
                UrlPath: /a
                HttpVersion: 1.1
                StatusCode: 502
                BytesSent: 10
                BytesReceived: 300
                DurationMs: 125
                UserAgent: c
                DestinationIP: 10.0.0.1
                Outcome: Failure
                """),
            new("{\"@timestamp\":\"2021-12-08T14:02:43.000Z\",\"source\":{\"ip\":\"192.0.2.1\",\"port\":5},\"http\":{\"request\":{\"method\":\"PUT\",\"referrer\":\"r\"},\"response\":{\"status_code\":201,\"body\":{\"bytes\":9}},\"version\":\"1.1\"},\"url\":{\"path\":\"/p\",\"query\":\"q\",\"domain\":\"d\"},\"user\":{\"name\":\"u\"},\"user_agent\":{\"original\":\"ua\"},\"event\":{\"duration\":5000000}}",
                """
                Timestamp: 2021-12-08 14:02:43 +00:00
                Level: Informational
                Message: PUT /p?q HTTP/1.1
                SourceIP: 192.0.2.1
                SourcePort: 5
                UserName: u
                Method: PUT
                Url: /p?q
                UrlPath: /p
                UrlQuery: q
                HttpVersion: 1.1
                StatusCode: 201
                BytesSent: 9
                DurationMs: 5
                Referrer: r
                UserAgent: ua
                VirtualHost: d
                Outcome: Success
                """),
            new("{\"start_time\":\"2021-12-08T14:02:43.000Z\",\"method\":\"GET\",\"path\":\"/x\",\"protocol\":\"HTTP/1.1\",\"response_code\":503,\"duration\":12,\"bytes_sent\":4,\"bytes_received\":0,\"x_forwarded_for\":\"192.0.2.1\",\"user_agent\":\"ua\",\"request_id\":\"id\",\"authority\":\"h\",\"upstream_cluster\":\"c\",\"response_flags\":\"UF\"}",
                """
                Timestamp: 2021-12-08 14:02:43 +00:00
                Level: Error
                Message: GET /x HTTP/1.1
                SourceIP: 192.0.2.1
                Method: GET
                Url: /x
                UrlPath: /x
                HttpVersion: 1.1
                StatusCode: 503
                BytesSent: 4
                BytesReceived: 0
                DurationMs: 12
                UserAgent: ua
                VirtualHost: h
                ServiceName: c
                RequestId: id
                Outcome: Failure
                """),
        ],
        ["web-syslog"] =
        [
            new("Sep 15 16:13:46 host nginx[2869]: 192.0.2.1 - - [15/Sep/2021:16:13:46 +0000] \"POST /wp-login.php HTTP/1.1\" 200 5364 \"-\" \"Mozilla/5.0\"",
                """
                Timestamp: 2021-09-15 16:13:46 +00:00
                Program: nginx
                ProcessId: 2869
                Level: Informational
                Message: POST /wp-login.php HTTP/1.1
                SourceIP: 192.0.2.1
                Method: POST
                Url: /wp-login.php
                UrlPath: /wp-login.php
                HttpVersion: 1.1
                StatusCode: 200
                BytesSent: 5364
                UserAgent: Mozilla/5.0
                Outcome: Success
                """),
            new("<134>Feb 25 16:19:38 lb haproxy[12]: 192.0.2.1:33320 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0",
                """
                Timestamp: 2009-02-06 12:12:51.443 +00:00
                Program: haproxy
                ProcessId: 12
                Level: Informational
                Message: 192.0.2.1:33320 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0
                SourceIP: 192.0.2.1
                SourcePort: 33320
                BytesSent: 212
                DurationMs: 5007
                ServiceName: bck/srv1
                Outcome: Unknown
                """),
            new("Feb 25 16:19:38 lb haproxy[1]: Proxy prod_http_in started.",
                """
                Timestamp: 2025-02-25 16:19:38 +00:00
                Program: haproxy
                ProcessId: 1
                Message: Proxy prod_http_in started.
                Outcome: Unknown
                RepeatCount: 1
                """),
            new("<171>1 2025-11-05T20:47:03.000000+00:00 fw nginx - - - 2025/11/05 20:47:03 [error] 24537#230441: *914 open() \"/a\" failed (2: No such file or directory), client: 192.0.2.1, server: , request: \"GET /a HTTP/2.0\", host: \"fw\"",
                """
                Timestamp: 2025-11-05 20:47:03 +00:00
                Program: nginx
                ProcessId: 24537
                Level: Error
                Message: open() "/a" failed (2: No such file or directory), client: 192.0.2.1, server: , request: "GET /a HTTP/2.0", host: "fw"
                Category: web
                Action: file_not_found
                Outcome: Failure
                ThreadId: 230441
                RequestId: 914
                SourceIP: 192.0.2.1
                VirtualHost: fw
                Method: GET
                Url: /a
                UrlPath: /a
                HttpVersion: 2.0
                SystemErrorCode: 2
                SystemError: No such file or directory
                """),
        ],
        ["modsecurity-json"] =
        [
            new("{\"transaction\":{\"client_ip\":\"192.0.2.1\",\"time_stamp\":\"Wed Aug 26 15:39:32 2020\",\"server_id\":\"s\",\"client_port\":54321,\"host_ip\":\"10.0.0.1\",\"host_port\":80,\"unique_id\":\"u\",\"request\":{\"method\":\"GET\",\"http_version\":1.1,\"uri\":\"/?a=1\",\"headers\":{\"Host\":\"h\",\"User-Agent\":\"ua\"}},\"response\":{\"http_code\":403,\"headers\":{}},\"messages\":[{\"message\":\"Path Traversal\",\"details\":{\"ruleId\":\"930100\",\"severity\":\"2\"}}]}}",
                """
                Timestamp: 2020-08-26 15:39:32 +00:00
                Level: Warning
                Message: GET /?a=1 HTTP/1.1
                SourceIP: 192.0.2.1
                SourcePort: 54321
                Method: GET
                Url: /?a=1
                UrlPath: /
                UrlQuery: a=1
                HttpVersion: 1.1
                StatusCode: 403
                UserAgent: ua
                VirtualHost: h
                DestinationIP: 10.0.0.1
                DestinationPort: 80
                RequestId: u
                Action: rule_matched
                RuleId: 930100
                RuleName: Path Traversal
                Outcome: Failure
                """),
            new("{\"transaction\":{\"time\":\"26/Aug/2020:15:39:32 +0200\",\"transaction_id\":\"t\",\"remote_address\":\"192.0.2.1\",\"remote_port\":5,\"local_address\":\"10.0.0.1\",\"local_port\":443},\"request\":{\"request_line\":\"GET /a HTTP/1.1\",\"headers\":{\"Host\":\"h\"}},\"response\":{\"protocol\":\"HTTP/1.1\",\"status\":403},\"audit_data\":{\"messages\":[\"Warning. Pattern match. [id \\\"1\\\"] [msg \\\"first\\\"]\",\"Access denied with code 403 (phase 2). [id \\\"2\\\"] [msg \\\"second\\\"]\"],\"action\":{\"intercepted\":true}}}",
                """
                Timestamp: 2020-08-26 15:39:32 +02:00
                Level: Warning
                Message: GET /a HTTP/1.1
                SourceIP: 192.0.2.1
                SourcePort: 5
                Method: GET
                Url: /a
                UrlPath: /a
                HttpVersion: 1.1
                StatusCode: 403
                VirtualHost: h
                DestinationIP: 10.0.0.1
                DestinationPort: 443
                RequestId: t
                Action: request_blocked
                RuleId: 2
                RuleName: second
                Outcome: Failure
                """),
        ],
    };
}
