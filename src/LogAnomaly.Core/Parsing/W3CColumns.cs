using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>The columns that the header of a W3C log names, and the date that it gives.</summary>
internal sealed class W3CColumns
{
    // What IIS writes where nobody chose: since 8.5, and before.
    private static readonly string[] s_iis =
        ("date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) "
        + "sc-status sc-substatus sc-win32-status time-taken").Split(' ');

    private static readonly string[] s_oldIis = [.. s_iis.Where(name => name != "cs(Referer)")];

    private static readonly string[] s_fullIis = [.. s_iis[..^1], "sc-bytes", "cs-bytes", "time-taken"];

    private static readonly FormatDirective[] s_directives = ToDirectives(s_iis);
    private static readonly FormatDirective[] s_oldDirectives = ToDirectives(s_oldIis);
    private static readonly FormatDirective[] s_fullDirectives = ToDirectives(s_fullIis);

    private FormatDirective[] _columns = [];

    /// <summary>The columns, in order; empty before the header.</summary>
    public IReadOnlyList<FormatDirective> Columns => _columns;

    /// <summary>Date of the header, which holds for lines that have a time alone; or null.</summary>
    public DateOnly? Date { get; set; }

    /// <summary>Minutes from UTC that the header gives; 0 where it gives none.</summary>
    public int OffsetMinutes { get; set; }

    /// <summary>Whether the times are in the zone of the machine.</summary>
    public bool IsLocal { get; private set; }

    /// <summary>Takes the names of a header.</summary>
    /// <param name="names">What follows <c>#Fields:</c>.</param>
    public void Set(ReadOnlySpan<byte> names)
    {
        string[] words = Encoding.UTF8.GetString(names).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        _columns = ToDirectives(words);
        IsLocal = Array.IndexOf(words, "date-local") >= 0;
    }

    /// <summary>The columns that IIS writes unless told otherwise, for a line without a header that fits.</summary>
    /// <param name="count">Values in the line.</param>
    /// <returns>The columns, or none where the count is another.</returns>
    public static FormatDirective[] Usual(int count) => count switch
    {
        14 => s_oldDirectives,
        15 => s_directives,
        17 => s_fullDirectives,
        _ => [],
    };

    private static FormatDirective[] ToDirectives(string[] names)
    {
        // CloudFront counts seconds, everyone else who writes this column milliseconds.
        bool isCloudFront = Array.IndexOf(names, "x-edge-location") >= 0;
        bool hasLocal = Array.IndexOf(names, "date-local") >= 0;
        return Array.ConvertAll(
            names, name => new FormatDirective(FieldOf(name, isCloudFront, hasLocal), name, FieldShape.Word));
    }

    private static AccessField FieldOf(string name, bool isCloudFront, bool hasLocal) => name switch
    {
        "date" or "date-local" or "date-UTC" => AccessField.Date,
        "time" or "time-local" or "time-UTC" => hasLocal && name == "time" ? AccessField.Skip : AccessField.TimeOfDay,
        "datetime" => AccessField.Time,
        "c-ip" or "src-ip" or "ClientIP" => AccessField.Client,
        "c-dns" or "c-host" => AccessField.Peer,
        "x-forwarded-for" or "X-Forwarded-For" or "cs(X-Forwarded-For)" => AccessField.ForwardedFor,
        "c-port" or "src-port" => AccessField.ClientPort,
        "cs-username" or "c-auth-id" => AccessField.UserName,
        "s-ip" or "dst-ip" => AccessField.ServerAddress,
        "s-port" or "dst-port" => AccessField.ServerPort,
        "s-computername" => AccessField.HostName,
        "cs-method" => AccessField.Method,
        "cs-uri" => AccessField.Url,
        "cs-uri-stem" => AccessField.Path,
        "cs-uri-query" => AccessField.Query,
        "cs-version" or "cs-protocol-version" => AccessField.Protocol,
        "cs-host" or "cs(Host)" => isCloudFront ? AccessField.ServerName : AccessField.VirtualHost,
        "x-host-header" => AccessField.VirtualHost,
        "cs(User-Agent)" or "c-user-agent" => AccessField.UserAgent,
        "cs(Referer)" or "cs(Referrer)" => AccessField.Referrer,
        "sc-status" => AccessField.Status,
        "sc-bytes" or "bytes" => AccessField.BytesSent,
        "cs-bytes" => AccessField.BytesReceived,
        "time-taken" => isCloudFront ? AccessField.Seconds : AccessField.Milliseconds,
        "TimeTakenMS" => AccessField.Milliseconds,
        "x-edge-request-id" => AccessField.RequestId,
        _ => AccessField.Property,
    };
}
