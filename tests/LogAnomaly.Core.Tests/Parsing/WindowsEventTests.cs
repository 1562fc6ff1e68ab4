using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class WindowsEventTests
{
    private const string Failed =
        """<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>4625</EventID><Version>0</Version><Level>0</Level><Task>12544</Task><Opcode>0</Opcode><Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime='2026-01-02T03:04:05.1234567Z'/><EventRecordID>99</EventRecordID><Correlation/><Execution ProcessID='712' ThreadID='11'/><Channel>Security</Channel><Computer>dc1.example.org</Computer><Security/></System><EventData><Data Name='SubjectUserName'>-</Data><Data Name='TargetUserName'>ann</Data><Data Name='TargetDomainName'>EXAMPLE</Data><Data Name='Status'>0xc000006d</Data><Data Name='SubStatus'>0xc000006a</Data><Data Name='LogonType'>3</Data><Data Name='AuthenticationPackageName'>NTLM</Data><Data Name='WorkstationName'>PC7</Data><Data Name='ProcessId'>0x14a0</Data><Data Name='IpAddress'>::ffff:192.0.2.7</Data><Data Name='IpPort'>50022</Data><Data Name='Empty'></Data></EventData></Event>""";

    private static readonly string[] s_logon =
    [
        "S-1-0-0", "-", "-", "0x0", "S-1-5-21", "ann", "EXAMPLE", "0x3e7", "10", "User32", "Negotiate", "PC7", "{0}",
        "-", "-", "0", "0x1", "C:\\x.exe", "192.0.2.7", "0",
    ];

    [Fact]
    public void A_failed_logon_in_XML_gives_who_whence_how_and_why()
    {
        WindowsEvent made = Xml(Failed);
        Assert.Equal(
            """
            Timestamp: 2026-01-02 03:04:05.1234567 +00:00
            Program: Microsoft-Windows-Security-Auditing
            ProcessId: 712
            Level: Warning
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Sample.Describe(made).Split('\n').Take(4)));
        Assert.Equal(
            ("dc1.example.org", 4625, "Security", 99L, 11L, "authentication", "login", Outcome.Failure),
            (made.HostName, made.EventId, made.Channel, made.RecordId, made.ThreadId, made.Category, made.Action,
                made.Outcome));
        Assert.Equal(
            ("ann", "EXAMPLE", "192.0.2.7", 50022, "PC7", "network", "wrong password", "0xc000006a"),
            (made.UserName, made.UserDomain, made.SourceIP, made.SourcePort, made.SourceHost, made.Method, made.Reason,
                made.ErrorCode));
        Assert.StartsWith(
            "Microsoft-Windows-Security-Auditing 4625: TargetUserName=ann, TargetDomainName=EXAMPLE",
            made.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_values_of_the_record_are_found_by_their_own_names_first()
    {
        WindowsEvent made = Xml(Failed);
        Assert.Equal("ann", made["TargetUserName"]);
        Assert.Null(made.TargetUser);
        Assert.Equal("::ffff:192.0.2.7", made["IpAddress"]);
        Assert.Equal("192.0.2.7", made["source.ip"]);
        Assert.Equal("0x14a0", made["ProcessId"]);
        Assert.Equal(712, made.ProcessId);
        Assert.Equal("3", made["logontype"]);
        Assert.Equal("0x8010000000000000", made["Keywords"]);
        Assert.Equal("dc1.example.org", made["Computer"]);
        Assert.Equal(4625, made["EventID"] is string text
            ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : made["EventID"]);
        Assert.Equal("", made.GetProperties()["Empty"]);
        Assert.Equal("SubjectUserName", made.GetProperties().Keys.First());
    }

    [Fact]
    public void Records_over_several_lines_or_many_in_one_are_read()
    {
        string pretty = "<?xml version=\"1.0\"?>\n<Events>\n" + Failed.Replace("><", ">\n  <", StringComparison.Ordinal)
            + "\n" + Failed + "\n</Events>\n";
        List<LogEvent> events = Samples.Read(pretty, out ParseLedger ledger);
        Assert.Equal("windows-xml", ledger.Entries[0].Format);
        Assert.Equal(["ann", "ann"], events.Select(made => made["UserName"]));
        Assert.Equal(3, ledger.Skipped);
        Assert.Equal(0, ledger.Unparsed);
        events = Samples.Read("<Events>" + Failed + Failed + "</Events>", out ledger);
        Assert.Equal(2, events.Count(made => made.Kind == LogKind.Windows));
        Assert.Equal((1L, 1L), (ledger.LinesRead, ledger.Parsed));
    }

    [Theory]
    [InlineData(
        "<!DOCTYPE Event [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Event><System><EventID>&x;</EventID></System></Event>")]
    [InlineData("<Event><System><EventID>1</EventID></System>")]
    [InlineData("<Event><System><EventID>one</EventID></System></Event>")]
    [InlineData("<Event><System><EventID>1</EventID><Data>&x;</Data></System></Event>")]
    [InlineData("<EventData>x</EventData>")]
    public void What_is_no_record_or_reaches_outside_is_none(string line)
    {
        LogEvent? made = Sample.Parse(new WindowsXmlFormat(), line);
        Assert.True(made is null || !made.ToString()!.Contains("root:", StringComparison.Ordinal));
        Assert.True(made is null || line.StartsWith("<!DOCTYPE", StringComparison.Ordinal) is false);
    }

    [Theory]
    [InlineData(
        """{"@timestamp":"2026-01-02T03:04:05.678Z","event":{"code":"4625","provider":"x"},"log":{"level":"information"},"message":"An account failed to log on.","winlog":{"event_id":4625,"provider_name":"Microsoft-Windows-Security-Auditing","channel":"Security","computer_name":"dc1","record_id":99,"keywords":["Audit Failure"],"process":{"pid":712,"thread":{"id":11}},"event_data":{"TargetUserName":"ann","IpAddress":"192.0.2.7","IpPort":"50022","LogonType":"3","SubStatus":"0xc000006a"}}}""")]
    [InlineData(
        """{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Security-Auditing","Guid":"x"}},"EventID":4625,"Level":0,"Keywords":"0x8010000000000000","TimeCreated":{"#attributes":{"SystemTime":"2026-01-02T03:04:05.678000Z"}},"EventRecordID":99,"Execution":{"#attributes":{"ProcessID":712,"ThreadID":11}},"Channel":"Security","Computer":"dc1"},"EventData":{"TargetUserName":"ann","IpAddress":"192.0.2.7","IpPort":"50022","LogonType":3,"SubStatus":"0xc000006a"}}}""")]
    [InlineData(
        """{"win":{"eventdata":{"targetUserName":"ann","ipAddress":"192.0.2.7","ipPort":"50022","logonType":"3","subStatus":"0xc000006a"},"system":{"eventID":"4625","providerName":"Microsoft-Windows-Security-Auditing","channel":"Security","computer":"dc1","systemTime":"2026-01-02T03:04:05.678Z","eventRecordID":"99","processID":"712","threadID":"11","level":"0","severityValue":"AUDIT_FAILURE","message":"\"An account failed to log on.\""}}}""")]
    [InlineData(
        """{"EventTime":"2026-01-02 03:04:05.678","Hostname":"dc1","Keywords":-9218868437227405312,"EventType":"AUDIT_FAILURE","SeverityValue":4,"Severity":"ERROR","EventID":4625,"SourceName":"Microsoft-Windows-Security-Auditing","RecordNumber":99,"ProcessID":712,"ThreadID":11,"Channel":"Security","Message":"An account failed to log on.","TargetUserName":"ann","IpAddress":"192.0.2.7","IpPort":"50022","LogonType":"3","SubStatus":"0xc000006a","EventReceivedTime":"2026-01-02 03:04:06"}""")]
    [InlineData(
        """{"Id":4625,"Version":0,"Level":0,"Keywords":-9218868437227405312,"RecordId":99,"ProviderName":"Microsoft-Windows-Security-Auditing","LogName":"Security","ProcessId":712,"ThreadId":11,"MachineName":"dc1","TimeCreated":"\/Date(1767323045678)\/","KeywordsDisplayNames":["Audit Failure"],"Properties":[{"Value":"S-1-0-0"},{"Value":"-"},{"Value":"-"},{"Value":0},{"Value":"S-1-0-0"},{"Value":"ann"},{"Value":"EXAMPLE"},{"Value":-1073741715},{"Value":"%%2313"},{"Value":"0xc000006a"},{"Value":3},{"Value":"NtLmSsp"},{"Value":"NTLM"},{"Value":"PC7"},{"Value":"-"},{"Value":"-"},{"Value":0},{"Value":0},{"Value":"-"},{"Value":"192.0.2.7"},{"Value":"50022"}],"Message":"An account failed to log on."}""")]
    public void Each_writer_of_JSON_is_understood(string line)
    {
        foreach (LogFormat format in (LogFormat[])[new WindowsJsonFormat(), new JsonFormat()])
        {
            WindowsEvent made = Assert.IsType<WindowsEvent>(Sample.Parse(format, line));
            Assert.Equal(
                (4625, "Security", 99L, "dc1", 712, 11L, "login", Outcome.Failure, LogLevel.Warning),
                (made.EventId, made.Channel, made.RecordId, made.HostName, made.ProcessId, made.ThreadId, made.Action,
                    made.Outcome, made.Level));
            Assert.Equal(
                ("ann", "192.0.2.7", 50022, "network", "wrong password"),
                (made.UserName, made.SourceIP, made.SourcePort, made.Method, made.Reason));
            Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), made.Timestamp);
            Assert.Equal("ann", made["TargetUserName"]);
        }
    }

    [Fact]
    public void A_record_by_shape_gets_the_names_of_its_values()
    {
        WindowsRecord record = new()
        {
            Id = 4624,
            ProviderName = "Microsoft-Windows-Security-Auditing",
            LogName = "Security",
            RecordId = 7,
            MachineName = "dc1",
            TimeCreated = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Level = 0,
            Keywords = -9214364837600034816,
            Properties = s_logon,
            Message = "An account was successfully logged on.",
        };
        WindowsEvent made = Assert.IsType<WindowsEvent>(WindowsEvents.FromRecord(record, new LogSource("(test)")));
        Assert.Equal(
            ("login", Outcome.Success, "ann", "192.0.2.7", "remote_interactive"),
            (made.Action, made.Outcome, made.UserName, made.SourceIP, made.Method));
        Assert.Equal("0x3e7", made.SessionId);
        Assert.Equal("An account was successfully logged on.", made.Message);
        Assert.Equal(LogLevel.Informational, made.Level);
        Assert.Equal(record.TimeCreated, made.Timestamp);

        made = Assert.IsType<WindowsEvent>(
            WindowsEvents.FromRecord(new WindowsRecord { Id = 4625, Xml = Failed }, new LogSource("(test)")));
        Assert.Equal(("ann", Outcome.Failure, Failed), (made.UserName, made.Outcome, made.Raw));
    }

    [Theory]
    [InlineData("Microsoft-Windows-Security-Auditing",
        4720, "SubjectUserName=adm;TargetUserName=ann", "iam user_added Success adm ann")]
    [InlineData("Microsoft-Windows-Security-Auditing", 4732,
        "SubjectUserName=adm;MemberName=CN=ann;TargetUserName=Admins", "iam group_member_added Success adm CN=ann")]
    [InlineData("Microsoft-Windows-Security-Auditing",
        4740, "SubjectUserName=DC1$;TargetUserName=ann;TargetDomainName=PC7", "iam user_locked Success DC1$ ann")]
    [InlineData(
        "Microsoft-Windows-Security-Auditing",
        4771,
        "TargetUserName=ann;Status=0x18;IpAddress=::ffff:192.0.2.7",
        "authentication kerberos_login Failure ann  192.0.2.7 wrong password")]
    [InlineData("Microsoft-Windows-Security-Auditing", 4776, "TargetUserName=ann;Workstation=PC7;Status=0xc0000234",
        "authentication credential_validation Failure ann   account locked out")]
    [InlineData("Microsoft-Windows-Security-Auditing",
        4776, "TargetUserName=ann;Workstation=PC7;Status=0x0", "authentication credential_validation Success ann")]
    [InlineData("Microsoft-Windows-Security-Auditing", 4768, "TargetUserName=ann;Status=0x6;IpAddress=192.0.2.7",
        "authentication kerberos_login Failure ann  192.0.2.7 invalid user")]
    [InlineData("Microsoft-Windows-Eventlog",
        1102, "SubjectUserName=adm", "configuration event_log_cleared Success adm")]
    [InlineData("Service Control Manager",
        7045, "ServiceName=evil;ImagePath=C:\\e.exe", "configuration service_installed Success")]
    [InlineData(
        "Microsoft-Windows-Sysmon",
        3,
        "User=EXAMPLE\\ann;SourceIp=192.0.2.7;DestinationIp=198.51.100.1;Protocol=tcp",
        "network connection Success ann  192.0.2.7")]
    [InlineData("Microsoft-Windows-TerminalServices-LocalSessionManager",
        21, "User=EXAMPLE\\ann;Address=192.0.2.7;SessionID=2", "authentication login Success ann  192.0.2.7")]
    [InlineData("Unknown",
        1, "SubjectUserName=adm;TargetUserName=ann;IpAddress=192.0.2.7", "  Unknown adm ann 192.0.2.7")]
    public void Events_mean_what_their_row_says(string provider, int id, string data, string expected)
    {
        WindowsRecord record = new()
        {
            Id = id,
            ProviderName = provider,
            Data = [.. data.Split(';').Select(pair => KeyValuePair.Create(
                pair[..pair.IndexOf('=', StringComparison.Ordinal)],
                (string?)pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]))],
        };
        WindowsEvent made = Assert.IsType<WindowsEvent>(WindowsEvents.FromRecord(record, new LogSource("(test)")));
        Assert.Equal(
            expected,
            $"{made.Category} {made.Action} {made.Outcome} {made.UserName} {made.TargetUser} {made.SourceIP} {made.Reason}".TrimEnd());
    }

    [Fact]
    public void An_evtx_file_is_told_with_what_to_do()
    {
        List<string> problems = [];
        LogReader reader = new(new LogReaderOptions { OnProblem = problem => problems.Add(problem.Message) });
        Assert.Empty(reader.ReadStream(
            new MemoryStream([.. "ElfFile\0"u8, .. new byte[100]]), "(x.evtx)", TestContext.Current.CancellationToken));
        Assert.Contains("Get-WinEvent", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static WindowsEvent Xml(string line) =>
        Assert.IsType<WindowsEvent>(Sample.Parse(new WindowsXmlFormat(), line));
}
