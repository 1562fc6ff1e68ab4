using System.Globalization;

namespace LogAnomaly.Features;

/// <summary>The features of events, by kind.</summary>
internal static class EventFeatureSet
{
    private static readonly string[] s_statusTexts =
        [.. Enumerable.Range(0, 1_000).Select(status => status.ToString(CultureInfo.InvariantCulture))];

    private static readonly EventFeature s_template = EventFeature.Categorical("Template", e => e.Mined?.Text);

    private static readonly EventFeature s_level = EventFeature.Numeric(
        "Level", e => e.Level is { } level ? (float)level : (float)LogLevel.Informational);

    private static readonly EventFeature s_length = EventFeature.Numeric(
        "MessageLength", e => MathF.Log2(1 + e.MessageSpan.Length));

    private static readonly EventFeature s_symbols = EventFeature.Numeric(
        "SymbolShare", e => SymbolShare(e.MessageSpan));

    private static readonly EventFeature[] s_unparsed = [s_template, s_length, s_symbols];

    private static readonly EventFeature[] s_system =
    [
        s_template,
        EventFeature.Categorical("Program", e => e.Program),
        EventFeature.Categorical("HostName", e => e.HostName),
        s_level,
        s_length,
        s_symbols,
    ];

    private static readonly EventFeature[] s_apacheError =
    [
        s_template,
        EventFeature.Categorical("Module", e => ((ApacheErrorEvent)e).Module),
        EventFeature.Categorical("SystemError", e => ((ApacheErrorEvent)e).SystemError),
        s_level,
        s_length,
        s_symbols,
    ];

    private static readonly EventFeature[] s_nginxError =
    [
        s_template,
        EventFeature.Categorical("VirtualHost", e => ((NginxErrorEvent)e).VirtualHost),
        EventFeature.Categorical("SystemError", e => ((NginxErrorEvent)e).SystemError),
        s_level,
        s_length,
        s_symbols,
    ];

    private static readonly EventFeature[] s_record =
    [
        s_template,
        EventFeature.Categorical("Program", e => e.Program),
        EventFeature.Categorical("Action", e => e.GetValue(LogField.Action) as string),
        EventFeature.Categorical("UserName", e => e.GetValue(LogField.UserName) as string),
        s_level,
        s_length,
        s_symbols,
    ];

    private static readonly EventFeature[] s_windows =
    [
        s_template,
        EventFeature.Categorical(
            "EventId", e => Convert.ToString(e.GetValue(LogField.EventId), CultureInfo.InvariantCulture)),
        EventFeature.Categorical("Provider", e => e.GetValue(LogField.Provider) as string),
        EventFeature.Categorical("UserName", e => e.GetValue(LogField.UserName) as string),
        EventFeature.Categorical("SourceIP", e => e.GetValue(LogField.SourceIP) as string),
        s_level,
        s_length,
        s_symbols,
    ];

    private static readonly EventFeature s_bytesSent = EventFeature.Numeric(
        "BytesSent", e => (float)Math.Log2(1 + (double)(((AccessEvent)e).BytesSent ?? 0)));

    private static readonly EventFeature[] s_access =
    [
        EventFeature.Categorical("Method", e => ((AccessEvent)e).Method),
        EventFeature.Categorical("StatusCode", e => StatusText(((AccessEvent)e).StatusCode)),
        EventFeature.Categorical("UrlPath", e => ((AccessEvent)e).UrlPath),
        EventFeature.Categorical("UserAgent", e => ((AccessEvent)e).UserAgent),
        EventFeature.Categorical("UserName", e => ((AccessEvent)e).UserName),
        EventFeature.Categorical("HttpVersion", e => ((AccessEvent)e).HttpVersion),
        s_bytesSent,
        s_length,
        s_symbols,
    ];

    private static readonly EventFeature[] s_authentication =
    [
        s_template,
        EventFeature.Categorical("Program", e => e.Program),
        EventFeature.Categorical("Action", e => ((AuthEvent)e).Action),
        EventFeature.Categorical("UserName", e => ((AuthEvent)e).UserName),
        EventFeature.Categorical("SourceIP", e => ((AuthEvent)e).SourceIP ?? ((AuthEvent)e).SourceHost),
        EventFeature.Categorical("Outcome", e => OutcomeText(((AuthEvent)e).Outcome)),
        s_length,
        s_symbols,
    ];

    /// <summary>The features of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its features.</returns>
    public static IReadOnlyList<EventFeature> For(LogKind kind) => kind switch
    {
        LogKind.ApacheError => s_apacheError,
        LogKind.Access => s_access,
        LogKind.Authentication => s_authentication,
        LogKind.System => s_system,
        LogKind.NginxError => s_nginxError,
        LogKind.Record => s_record,
        LogKind.Windows => s_windows,
        _ => s_unparsed,
    };

    /// <summary>Whether a feature differs between requests of one target, agent, method, version and status.</summary>
    /// <param name="feature">A feature of <see cref="LogKind.Access"/>.</param>
    /// <returns>Whether it may; of an event with details, any may.</returns>
    public static bool VariesOfRequest(EventFeature feature) => ReferenceEquals(feature, s_bytesSent);

    private static string? StatusText(int? status) => status switch
    {
        null => null,
        >= 0 and < 1_000 => s_statusTexts[status.Value],
        _ => status.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static string OutcomeText(Outcome outcome) => outcome switch
    {
        Outcome.Success => nameof(Outcome.Success),
        Outcome.Failure => nameof(Outcome.Failure),
        _ => nameof(Outcome.Unknown),
    };

    // Share of bytes that are neither letter, digit, white space nor a common sign of plain text.
    private static float SymbolShare(ReadOnlySpan<byte> message) =>
        message.IsEmpty ? 0 : (float)SymbolCount.Of(message) / message.Length;
}
