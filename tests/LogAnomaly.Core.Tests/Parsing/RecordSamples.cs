namespace LogAnomaly.Tests.Parsing;

/// <summary>Lines and the events expected of them: the specification of the structured formats.</summary>
internal static class RecordSamples
{
    public static readonly Sample[] Json =
    [
        new("""{"@timestamp":"2026-01-02T03:04:05.678Z","log.level":"WARN","message":"refused","ecs.version":"1.2.0","log.logger":"app.Login","process.pid":12,"process.thread.name":"main","event.category":["authentication"],"event.action":"login","event.outcome":"failure","user.name":"ann","source":{"ip":"192.0.2.7","port":50022},"host":{"name":"web1"}}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            ProcessId: 12
            Level: Warning
            Message: refused
            Category: authentication
            Action: login
            Outcome: Failure
            UserName: ann
            SourceIP: 192.0.2.7
            SourcePort: 50022
            Module: app.Login
            """),
        new("""{"name":"shop","hostname":"web1","pid":7,"level":50,"err":{"message":"boom","stack":"Error: boom\n    at a"},"msg":"failed","time":"2026-01-02T03:04:05.678Z","v":0}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Program: shop
            ProcessId: 7
            Level: Error
            Message: failed
            Outcome: Unknown
            Reason: boom
            """),
        new("""{"level":30,"time":1767323045678,"pid":7,"hostname":"web1","req":{"id":"r1","method":"GET","url":"/a?b=1","remoteAddress":"::ffff:192.0.2.7","remotePort":4711},"res":{"statusCode":200},"responseTime":12,"msg":"request completed"}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            ProcessId: 7
            Level: Informational
            Message: request completed
            Outcome: Unknown
            SourceIP: 192.0.2.7
            SourcePort: 4711
            Method: GET
            Url: /a?b=1
            StatusCode: 200
            DurationMs: 12
            RequestId: r1
            """),
        new("""{"@t":"2026-01-02T03:04:05.1234567Z","@mt":"User {UserName} from {@Address:l}: {{x}} {None}","@l":"Error","@x":"System.Exception: no\r\n   at A.B()","UserName":"ann","Address":"192.0.2.7","SourceContext":"Shop.Login"}""",
            """
            Timestamp: 2026-01-02 03:04:05.1234567 +00:00
            Level: Error
            Message: User ann from 192.0.2.7: {x} {None}
            Outcome: Unknown
            UserName: ann
            SourceIP: 192.0.2.7
            Module: Shop.Login
            """),
        new("""{"@t":"2026-01-02T03:04:05Z","@m":"plain","@i":"0a1b"}""",
            """
            Timestamp: 2026-01-02 03:04:05 +00:00
            Level: Informational
            Message: plain
            Outcome: Unknown
            """),
        new("""{"Timestamp":"2026-01-02T03:04:05.678+01:00","Level":"Fatal","MessageTemplate":"Down {Port}","RenderedMessage":"Down 80","Properties":{"Port":80,"SourceContext":"Shop"}}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +01:00
            Level: Critical
            Message: Down 80
            Outcome: Unknown
            Module: Shop
            """),
        new("""{"instant":{"epochSecond":1767323045,"nanoOfSecond":678000000},"thread":"main","level":"DEBUG","loggerName":"a.B","message":"m","endOfBatch":false,"threadId":1,"threadPriority":5}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Level: Debug
            Message: m
            Outcome: Unknown
            Module: a.B
            ThreadId: 1
            """),
        new("""{"@timestamp":"2026-01-02T03:04:05.678+01:00","@version":"1","message":"m","logger_name":"a.B","thread_name":"main","level":"ERROR","level_value":40000,"stack_trace":"x"}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +01:00
            Level: Error
            Message: m
            Outcome: Unknown
            Module: a.B
            """),
        new("""{"level":"info","ts":1767323045.678,"logger":"http","caller":"a/b.go:12","msg":"got","duration":"1.5ms","remote_addr":"[2001:db8::7]:4711"}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Level: Informational
            Message: got
            Outcome: Unknown
            SourceIP: 2001:db8::7
            SourcePort: 4711
            DurationMs: 1.5
            Module: http
            """),
        new("""{"time":"2026-01-02T03:04:05.678901234+01:00","level":"WARN+1","msg":"slow","source":{"function":"main.main","file":"/a.go","line":3},"user":{"name":"ann"}}""",
            """
            Timestamp: 2026-01-02 03:04:05.6789012 +01:00
            Level: Warning
            Message: slow
            Outcome: Unknown
            UserName: ann
            """),
        new("""{"level":"error","error":"no route","time":1767323045,"message":"dial failed"}""",
            """
            Timestamp: 2026-01-02 03:04:05 +00:00
            Level: Error
            Message: dial failed
            Outcome: Unknown
            Reason: no route
            """),
        new("""{"asctime":"2026-01-02 03:04:05,678","name":"app.db","levelname":"WARNING","message":"gone","process":12,"levelno":30}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            ProcessId: 12
            Level: Warning
            Message: gone
            Outcome: Unknown
            Module: app.db
            """),
        new("""{"event":"user_login","user":"ann","success":false,"timestamp":"2026-01-02T03:04:05Z","level":"info"}""",
            """
            Timestamp: 2026-01-02 03:04:05 +00:00
            Level: Informational
            Message: user_login
            Outcome: Failure
            UserName: ann
            """),
        new("""{"timestamp":"2026-01-02T03:04:05.678Z","level":"INFO","fields":{"message":"shaved","yaks":3},"target":"yak::shave","threadId":1}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Level: Informational
            Message: shaved
            Outcome: Unknown
            Module: yak::shave
            ThreadId: 1
            """),
        new("""{"t":{"$date":"2026-01-02T03:04:05.678+00:00"},"s":"W","c":"NETWORK","id":1,"ctx":"conn1","msg":"Connection ended","attr":{"remote":"192.0.2.7:4711"}}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Level: Warning
            Message: Connection ended
            Outcome: Unknown
            SourceIP: 192.0.2.7
            SourcePort: 4711
            Module: NETWORK
            """),
        new("""{"reqId":"a1","level":2,"time":"2026-01-02T03:04:05+00:00","remoteAddr":"192.0.2.7","user":"--","app":"core","method":"POST","url":"/login","message":"Login failed: ann (Remote IP: 192.0.2.7)"}""",
            """
            Timestamp: 2026-01-02 03:04:05 +00:00
            Program: core
            Level: Warning
            Message: Login failed: ann (Remote IP: 192.0.2.7)
            Outcome: Unknown
            SourceIP: 192.0.2.7
            Method: POST
            Url: /login
            RequestId: a1
            """),
        new("""{"version":"1.1","host":"web1","short_message":"m","timestamp":1767323045.678,"level":3,"_user":"ann"}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Level: Error
            Message: m
            Outcome: Unknown
            """),
        new("""{"message":"m","context":{"user":"ann"},"level":400,"level_name":"ERROR","channel":"app","datetime":"2026-01-02T03:04:05.678901+00:00","extra":{"ip":"192.0.2.7"}}""",
            """
            Timestamp: 2026-01-02 03:04:05.678901 +00:00
            Level: Error
            Message: m
            Outcome: Unknown
            UserName: ann
            SourceIP: 192.0.2.7
            Channel: app
            """),
        new("""{"insertId":"1","jsonPayload":{"message":"m","user":"ann"},"severity":"NOTICE","timestamp":"2026-01-02T03:04:05.678Z","logName":"x"}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Level: Notice
            Message: m
            Outcome: Unknown
            UserName: ann
            """),
        new("""{"Timestamp":"2026-01-02T03:04:05.678Z","SeverityText":"Warning","SeverityNumber":13,"Body":"m","Attributes":{"client.address":"192.0.2.7"},"Resource":{"service.name":"shop","host.name":"web1"}}""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Level: Warning
            Message: m
            Outcome: Unknown
            SourceIP: 192.0.2.7
            ServiceName: shop
            """),
        new("""{"log":"{\"level\":\"error\",\"msg\":\"inner\",\"ts\":\"2026-01-02T03:04:05Z\"}\n","stream":"stderr","time":"2026-01-02T03:04:06Z"}""",
            """
            Timestamp: 2026-01-02 03:04:05 +00:00
            Level: Error
            Message: inner
            Outcome: Unknown
            """),
        new("""{"log":"level=warn msg=\"inner text\" user=ann\n","stream":"stderr","time":"2026-01-02T03:04:06.5Z"}""",
            """
            Timestamp: 2026-01-02 03:04:06.5 +00:00
            Level: Warning
            Message: inner text
            Outcome: Unknown
            UserName: ann
            """),
        new("""{"log":"plain text\n","stream":"stdout","time":"2026-01-02T03:04:06.5Z"}""",
            """
            Timestamp: 2026-01-02 03:04:06.5 +00:00
            Message: plain text
            Outcome: Unknown
            """),
        new("""{"EventId":0,"LogLevel":"Information","Category":"Microsoft.Hosting.Lifetime","Message":"Started","State":{"Message":"Started"}}""",
            """
            Level: Informational
            Message: Started
            Outcome: Unknown
            Module: Microsoft.Hosting.Lifetime
            EventId: 0
            """),
    ];

    public static readonly Sample[] Logfmt =
    [
        new("""time="2026-01-02T03:04:05Z" level=error msg="no \"pod\"" namespace=a status=Pending reason=""",
            """
            Timestamp: 2026-01-02 03:04:05 +00:00
            Level: Error
            Message: no "pod"
            Outcome: Unknown
            """),
        new("""logger=context userId=1 t=2026-01-02T03:04:05.520963849Z level=info msg="Request Completed" method=GET path=/login status=401 remote_addr=192.0.2.7 time_ms=3 duration=3.5ms size=12 referer=""",
            """
            Timestamp: 2026-01-02 03:04:05.5209638 +00:00
            Level: Informational
            Message: Request Completed
            Outcome: Unknown
            UserName: 1
            SourceIP: 192.0.2.7
            Method: GET
            UrlPath: /login
            StatusCode: 401
            DurationMs: 3.5
            Module: context
            """),
    ];

    public static readonly Sample[] Ltsv =
    [
        new("time:2026-01-02T03:04:05+01:00\thost:192.0.2.7\treq:GET /a b HTTP/1.1\tstatus:200\tsize:12\tua:curl/8",
            """
            Timestamp: 2026-01-02 03:04:05 +01:00
            Message: time:2026-01-02T03:04:05+01:00	host:192.0.2.7	req:GET /a b HTTP/1.1	status:200	size:12	ua:curl/8
            Outcome: Unknown
            SourceIP: 192.0.2.7
            Method: GET
            Url: /a b
            HttpVersion: 1.1
            StatusCode: 200
            UserAgent: curl/8
            """),
    ];

    public static readonly Sample[] Cri =
    [
        new("""2026-01-02T03:04:05.678901234+01:00 stderr F {"level":"warn","msg":"m"}""",
            """
            Timestamp: 2026-01-02 03:04:05.6789012 +01:00
            Level: Warning
            Message: m
            Outcome: Unknown
            """),
        new("2026-01-02T03:04:05.6Z stdout F plain text",
            """
            Timestamp: 2026-01-02 03:04:05.6 +00:00
            Message: plain text
            Outcome: Unknown
            """),
    ];

    public static readonly Sample[] Cef =
    [
        new("""CEF:0|Vendor|Fire\|wall|1.0|100|User login failed|7|src=192.0.2.7 spt=4711 suser=ann act=login outcome=failure msg=too many \= tries here rt=1767323045678""",
            """
            Timestamp: 2026-01-02 03:04:05.678 +00:00
            Program: Fire|wall
            Level: Error
            Message: User login failed
            Action: login
            Outcome: Failure
            UserName: ann
            SourceIP: 192.0.2.7
            SourcePort: 4711
            RuleId: 100
            """),
        new("Jan  2 03:04:05 fw1 LEEF:1.0|Vendor|Wall|1.0|100|src=192.0.2.7\tusrName=ann bo\tsev=5",
            """
            Timestamp: 2025-01-02 03:04:05 +00:00
            Program: Wall
            Message: Jan  2 03:04:05 fw1 LEEF:1.0|Vendor|Wall|1.0|100|src=192.0.2.7	usrName=ann bo	sev=5
            Outcome: Unknown
            UserName: ann bo
            SourceIP: 192.0.2.7
            RuleId: 100
            """),
    ];
}
