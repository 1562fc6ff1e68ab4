using System.Collections.Frozen;

namespace LogAnomaly.Parsing;

/// <summary>
/// The names that structured logs give to fields of ours, without regard to case: those of ECS, Sigma and our own
/// (<see cref="LogFields"/>), and those that loggers, servers and products use. One table, for every structured format.
/// </summary>
internal static class FieldNames
{
    // The first number of a row is the rank: 2 for a name that says what it is, 3 and 4 for one that may mean something
    // else.
    private static readonly (LogField Field, int Rank, PropertyForm Form, string Names)[] s_rows =
    [
        (LogField.Timestamp, 1, PropertyForm.Plain, "@t timestamp timeUnixNano timestamp_ns"),
        (LogField.Timestamp, 2, PropertyForm.Plain,
            "time ts t datetime date_time eventTime event_time asctime timeMillis TimeCreated SystemTime t.$date "
                + "instant.epochSecond log_time logtime created TimeGenerated time_iso8601 time_local UtcTime epoch "
                + "unix_time unixtime event.created eventTimestamp time_stamp _timestamp record.time.timestamp"),
        (LogField.Timestamp, 3, PropertyForm.Plain, "date created_at start_time started_at receiveTimestamp "
            + "observedTimeUnixNano record.time.repr devTime rt CreationTime"),
        (LogField.Level, 1, PropertyForm.Plain,
            "@l severityText severity_text levelname level_name level.name record.level.name loglevel log_level "
                + "LevelDisplayName"),
        (LogField.Level, 2, PropertyForm.Plain,
            "severity lvl log.syslog.severity.code priority severity_label syslog_severity severityLabel messageType"),
        (LogField.Level, 3, PropertyForm.OpenTelemetryLevel, "severityNumber severity_number"),
        (LogField.Level, 3, PropertyForm.PythonLevel, "levelno level_number record.level.no"),
        (LogField.Level, 3, PropertyForm.LogbackLevel, "level_value"),
        (LogField.Level, 3, PropertyForm.Letter, "s"),
        (LogField.Message, 1, PropertyForm.Plain, "msg @m RenderedMessage short_message"),
        (LogField.Message, 2, PropertyForm.Plain,
            "body textPayload log_message logmessage eventMessage body.stringValue record.message"),
        (LogField.Message, 3, PropertyForm.Plain, "event log text full_message @mt MessageTemplate line"),
        (LogField.HostName, 2, PropertyForm.Plain,
            "host computer machinename machine_name node nodename _hostname log.syslog.hostname dvchost"),
        (LogField.HostName, 3, PropertyForm.Plain,
            "agent.hostname beat.hostname kubernetes.node_name kubernetes.host resource.host.name server"),
        (LogField.Program, 2, PropertyForm.Plain,
            "app appname app_name application application_name process_name processname procname syslog_identifier "
                + "log.syslog.appname"),
        (LogField.Program, 3, PropertyForm.Plain, "ident tag"),
        (LogField.ProcessId, 2, PropertyForm.Plain, "process_id procid process record.process.id"),
        (LogField.ThreadId, 2, PropertyForm.Plain, "thread_id thread record.thread.id"),
        (LogField.Module, 2, PropertyForm.Plain,
            "logger logger_name loggername logger.name component SourceContext properties.SourceContext scope.name "
                + "instrumentationScope.name"),
        (LogField.Module, 3, PropertyForm.Plain, "target c category class subsystem record.name"),
        (LogField.UserName, 2, PropertyForm.Plain,
            "user user_name usr login account account_name accountname remote_user auth_user suser srcuser src_user "
                + "userPrincipalName"),
        (LogField.UserName, 3, PropertyForm.Plain,
            "principal actor actor.name user.username userid user_id user.id identity"),
        (LogField.TargetUser, 2, PropertyForm.Plain, "target_user duser dst_user dstuser target.user"),
        (LogField.EffectiveUser, 2, PropertyForm.Plain, "effective_user"),
        (LogField.UserDomain, 2, PropertyForm.Plain, "user_domain"),
        (LogField.SourceIP, 1, PropertyForm.Plain, "client.ip source.address client.address"),
        (LogField.SourceIP, 2, PropertyForm.Plain,
            "source_ip src_ip srcip src client_ip clientip client client_addr clientaddr client_address remote_addr "
                + "remote_address remoteaddr remoteaddress remote_ip remoteip remote ip ip_address peer peer_addr "
                + "peer_address peer.address src_addr saddr sourceaddress sourceIPAddress callerIpAddress callerIp "
                + "id.orig_h rhost rip userip user_ip net.peer.ip net.sock.peer.addr network.peer.address "
                + "http.client_ip client_host orig_ip initiator_ip protoPayload.requestMetadata.callerIp"),
        (LogField.SourceIP, 3, PropertyForm.Plain,
            "addr address from x_real_ip x-real-ip x_forwarded_for x-forwarded-for"),
        (LogField.SourcePort, 2, PropertyForm.Plain, "client.port source_port src_port srcport spt sport client_port "
            + "clientport remote_port remoteport peer_port id.orig_p net.peer.port network.peer.port"),
        (LogField.SourceHost, 2, PropertyForm.Plain, "client.domain source_host src_host shost srcname client_name "
            + "clienthost remote_host workstation workstation_name WorkstationName"),
        (LogField.DestinationIP, 2, PropertyForm.Plain,
            "server.ip destination_ip dst_ip dstip dest_ip destip dst dest server_ip serverip daddr id.resp_h dst_addr "
                + "dest_addr destination.address destinationaddress"),
        (LogField.DestinationPort, 2, PropertyForm.Plain,
            "server.port destination_port dst_port dstport dest_port destport dpt dport server_port id.resp_p"),
        (LogField.Protocol, 2, PropertyForm.Plain, "proto transport protocol"),
        (LogField.Method, 2, PropertyForm.Plain,
            "http_method request_method httpmethod verb http.method req.method request.method requestMethod"),
        (LogField.Method, 3, PropertyForm.Plain, "auth_method authmethod"),
        (LogField.Url, 1, PropertyForm.Plain, "url.full"),
        (LogField.Url, 2, PropertyForm.Plain,
            "uri request_uri requesturi request_url requesturl req.url request.url request.uri http.url http.target"),
        (LogField.UrlPath, 2, PropertyForm.AbsolutePath, "path request_path uri_path request.path req.path"),
        (LogField.UrlQuery, 2, PropertyForm.Plain, "query_string querystring request.query"),
        (LogField.HttpVersion, 2, PropertyForm.Plain, "http_version proto protocol server_protocol request_proto"),
        (LogField.StatusCode, 2, PropertyForm.Plain,
            "status status_code http_status http_status_code response_code responsecode http.status_code "
                + "res.statusCode response.status response.status_code response_status"),
        (LogField.BytesSent, 2, PropertyForm.Plain,
            "bytes_sent body_bytes_sent response_size response.bytes bytes_out resp_bytes"),
        (LogField.BytesReceived, 2, PropertyForm.Plain, "bytes_received bytes_in request_length request_size"),
        (LogField.Referrer, 2, PropertyForm.Plain, "referer http_referer http_referrer"),
        (LogField.UserAgent, 2, PropertyForm.Plain,
            "user_agent user-agent http_user_agent ua req.headers.user-agent request.headers.user-agent"),
        (LogField.VirtualHost, 2, PropertyForm.Plain, "vhost server_name virtual_host http_host host_header http.host"),
        (LogField.DurationMs, 1, PropertyForm.Nanoseconds, "event.duration"),
        (LogField.DurationMs, 2, PropertyForm.Plain,
            "duration_ms elapsed_ms elapsedms elapsedMilliseconds latency_ms response_time_ms responseTime "
                + "durationMillis took_ms time-taken time_taken duration_millis"),
        (LogField.DurationMs, 2, PropertyForm.Nanoseconds, "duration_ns elapsed_ns latency_ns"),
        (LogField.DurationMs, 2, PropertyForm.Microseconds, "duration_us elapsed_us latency_us"),
        (LogField.DurationMs, 2, PropertyForm.Seconds,
            "request_time duration_s duration_seconds elapsed_seconds response_time_s reqtime"),
        (LogField.DurationMs, 3, PropertyForm.WithUnit, "duration elapsed latency took dur"),
        (LogField.Reason, 1, PropertyForm.Plain, "error.message"),
        (LogField.Reason, 2, PropertyForm.Plain,
            "error err err.message err.msg error_message error_msg errormessage errmsg exception.message "
                + "exception.exception_message failure_reason failurereason thrown.message errors"),
        (LogField.ErrorCode, 2, PropertyForm.Plain, "error_code errcode err.code"),
        (LogField.SystemErrorCode, 2, PropertyForm.Plain, "errno"),
        (LogField.Command, 2, PropertyForm.Plain, "cmd cmdline command_line"),
        (LogField.WorkingDirectory, 2, PropertyForm.Plain, "cwd working_directory"),
        (LogField.SessionId, 2, PropertyForm.Plain, "session_id session.id session"),
        (LogField.RequestId, 2, PropertyForm.Plain,
            "request_id req_id reqid x_request_id correlation_id correlationid request.id req.id"),
        (LogField.ServiceName, 2, PropertyForm.Plain, "service service_name resource.service.name"),
        (LogField.RuleId, 2, PropertyForm.Plain, "rule_id signature_id"),
        (LogField.RuleName, 2, PropertyForm.Plain, "rule_name"),
        (LogField.EventId, 2, PropertyForm.Plain, "event_id"),
        (LogField.Category, 2, PropertyForm.EcsWord, "category event.type"),
        (LogField.Action, 2, PropertyForm.Plain, "event_action event_name eventName operationName"),
        (LogField.Action, 3, PropertyForm.Plain, "operation act"),
        (LogField.Outcome, 2, PropertyForm.Plain, "result success succeeded successful is_success auth_result"),
        (LogField.Outcome, 3, PropertyForm.PlainOutcome, "status"),
        (LogField.Facility, 2, PropertyForm.Plain, "syslog_facility"),
        (LogField.Tty, 2, PropertyForm.Plain, "terminal"),
    ];

    // Fields that the reader gives an event, or that no value of a line may stand for.
    private static readonly LogField[] s_given =
    [
        LogField.Kind, LogField.Path, LogField.LineNumber, LogField.Raw, LogField.TemplateId, LogField.Template,
        LogField.Label,
    ];

    private static readonly FrozenDictionary<string, PropertyAlias[]> s_byName = Build();

    /// <summary>What a name may stand for.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The fields; empty where it stands for none.</returns>
    public static PropertyAlias[] Find(string name) =>
        s_byName.TryGetValue(name, out PropertyAlias[]? found) ? found : [];

    private static FrozenDictionary<string, PropertyAlias[]> Build()
    {
        Dictionary<string, List<PropertyAlias>> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in LogFields.Names)
        {
            if (LogFields.TryParse(name, out LogField field) && !s_given.Contains(field))
            {
                Add(name, new PropertyAlias(field, 1));
            }
        }

        foreach ((LogField field, int rank, PropertyForm form, string row) in s_rows)
        {
            foreach (string name in row.Split(' '))
            {
                Add(name, new PropertyAlias(field, rank, form));
            }
        }

        return names.ToFrozenDictionary(
            pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.OrdinalIgnoreCase);

        void Add(string name, PropertyAlias alias)
        {
            if (!names.TryGetValue(name, out List<PropertyAlias>? known))
            {
                names.Add(name, known = []);
            }

            if (!known.Exists(other => other.Field == alias.Field))
            {
                known.Add(alias);
            }
        }
    }
}
