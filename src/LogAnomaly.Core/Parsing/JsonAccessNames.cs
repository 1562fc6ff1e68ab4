using System.Collections.Frozen;

namespace LogAnomaly.Parsing;

/// <summary>
/// What the members of JSON access logs are called: by nginx and Apache where people build JSON of their variables, by
/// Caddy, Traefik, Envoy, Cloudflare, Google Cloud, AWS API Gateway, ECS and the loggers of Node. Names are paths with
/// dots, without regard to case and underscores.
/// </summary>
internal static class JsonAccessNames
{
    private static readonly (AccessField Field, string Names)[] s_table =
    [
        (AccessField.Time,
            "@timestamp timestamp time ts datetime date_time timelocal timeiso8601 msec starttime startutc start_local "
                + "requesttime edgestarttimestamp time_iso eventtime receivedtimestamp requesttimestamp"),
        (AccessField.OtherTime, "edgeendtimestamp endtime"),
        (AccessField.Client,
            "remoteaddr remoteip clientip client_addr clienthost ip ipaddress sourceip srcip source.ip client.ip "
                + "client.address request.client_ip request.remote_ip req.remoteaddress req.ip request.ip "
                + "httprequest.remoteip remotehost clientaddress downstreamremoteaddress request.remote_addr remote "
                + "client request.remoteaddress identity.sourceip host_ip caller_ip"),
        (AccessField.ClientPort,
            "remoteport clientport source.port client.port request.remote_port req.remoteport srcport"),
        (AccessField.ForwardedFor,
            "http_x_forwarded_for xforwardedfor x_forwarded_for x-forwarded-for headers.x-forwarded-for "
                + "request.headers.x-forwarded-for req.headers.x-forwarded-for request_x-forwarded-for forwardedfor "
                + "x-real-ip realip"),
        (AccessField.UserName,
            "remoteuser user username clientusername user.name userid auth_user authuser request.user"),
        (AccessField.Request, "request requestline request_line"),
        (AccessField.Method,
            "requestmethod method httpmethod verb http_method request.method req.method http.request.method "
                + "http.method httprequest.requestmethod clientrequestmethod cs-method reqmethod "
                + "attributes.http.request.method"),
        (AccessField.Url,
            "requesturi url uri path requestpath request_url request.uri request.url req.url req.originalurl http.url "
                + "url.original url.full httprequest.requesturl clientrequesturi http.target originalurl requesturl "
                + "cs-uri http_path http.path target request.path resourcepath http.request.uri"),
        (AccessField.Path, "url.path uripath urlpath url_path uri_path documenturi pathname"),
        (AccessField.Query, "args querystring query url.query uriquery urlquery uri_query request.querystring"),
        (AccessField.Protocol,
            "serverprotocol protocol httpversion requestprotocol request.proto proto http.version http_version "
                + "httprequest.protocol request.httpversion req.httpversion clientrequestprotocol "
                + "http.request.version"),
        (AccessField.Status,
            "status statuscode downstreamstatus responsestatus responsecode response.status res.statuscode httpstatus "
                + "http.response.status_code http.status_code httprequest.status edgeresponsestatus "
                + "response.statuscode http_status sc-status response.status_code http.status code status_code"),
        (AccessField.OriginalStatus, "originstatus"),
        (AccessField.BytesSent,
            "bodybytessent bytessent size downstreamcontentsize responsesize responselength bytes contentlength "
                + "http.response.body.bytes http.response.bytes httprequest.responsesize edgeresponsebytes "
                + "response.size responsebytes res.contentlength bytesout body_bytes bytes_written response_size"),
        (AccessField.BytesReceived,
            "requestlength requestsize bytesreceived bytesread requestcontentsize httprequest.requestsize "
                + "http.request.body.bytes http.request.bytes bytesin request_bytes"),
        (AccessField.Milliseconds,
            "durationms responsetime responsetimems elapsedms latencyms elapsed_milliseconds timetakenms requesttimems "
                + "response_time_ms request_duration_ms"),
        (AccessField.Microseconds, "durationus responsetimeus timetakenus"),
        (AccessField.Nanoseconds, "event.duration durationns"),
        (AccessField.Seconds, "requesttimesec requestduration upstreamduration"),
        (AccessField.DurationText, "httprequest.latency latency elapsed"),
        (AccessField.Referrer,
            "httpreferer httpreferrer referer referrer http.request.referrer httprequest.referer request_referer "
                + "headers.referer request.headers.referer req.headers.referer clientrequestreferer http.referer"),
        (AccessField.UserAgent,
            "httpuseragent useragent agent useragent.original httprequest.useragent request_user-agent "
                + "headers.user-agent request.headers.user-agent req.headers.user-agent clientrequestuseragent "
                + "http.useragent ua http.user_agent user-agent"),
        (AccessField.VirtualHost,
            "httphost host vhost virtualhost requesthost request.host url.domain authority clientrequesthost domain "
                + "headers.host request.headers.host req.headers.host hostheader http.host domainname"),
        (AccessField.ServerName, "servername requestaddr"),
        (AccessField.ServerAddress, "serveraddr serverip httprequest.serverip destination.ip downstreamlocaladdress"),
        (AccessField.ServerPort, "serverport destination.port"),
        (AccessField.Service, "servicename service.name upstreamcluster proxyupstreamname backend backendname"),
        (AccessField.RequestId,
            "requestid reqid xrequestid x_request_id x-request-id http.request.id rayid uniqueid traceid req.id"),
        (AccessField.ProcessId, "pid process.pid"),
        (AccessField.HostName, "hostname host.name host.hostname"),
    ];

    private static readonly FrozenDictionary<string, AccessField> s_fields = Build();

    /// <summary>What a member stands for.</summary>
    /// <param name="path">Its path, such as <c>request.headers.User-Agent</c>.</param>
    /// <param name="field">What it stands for.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryGet(string path, out AccessField field) => s_fields.TryGetValue(Normalise(path), out field);

    private static string Normalise(string path) => path.Replace("_", "", StringComparison.Ordinal);

    private static FrozenDictionary<string, AccessField> Build()
    {
        Dictionary<string, AccessField> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach ((AccessField field, string names) in s_table)
        {
            foreach (string name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                fields.TryAdd(Normalise(name), field);
            }
        }

        return fields.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
