using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>A field of events as rules name it: one of ours, of ECS or of Sigma, one of the log's own, or one of those that only rules have.</summary>
internal sealed class RuleField
{
    /// <summary>Where the action comes from: SourceIP, or SourceHost where the line has a name only.</summary>
    public const string Source = "Source";

    /// <summary>The account that is acted on: TargetUser, or UserName where there is no other.</summary>
    public const string Account = "Account";

    /// <summary>The URL with its percent signs resolved up to twice.</summary>
    public const string UrlDecoded = "UrlDecoded";

    private readonly LogField? _field;

    private RuleField(string name)
    {
        Name = name;
        _field = LogFields.TryParse(name, out LogField field) ? field : null;
    }

    /// <summary>Name of the field as the rule has it.</summary>
    public string Name { get; }

    /// <summary>The field of that name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The field.</returns>
    public static RuleField Of(string name) => new(name);

    /// <summary>The value in an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The value, or null where the event does not have it.</returns>
    public object? ValueOf(LogEvent logEvent) => Name switch
    {
        Source => logEvent.GetValue(LogField.SourceIP) ?? logEvent.GetValue(LogField.SourceHost),
        Account => logEvent.GetValue(LogField.TargetUser) ?? logEvent.GetValue(LogField.UserName),
        _ => (_field is { } field ? logEvent.GetValue(field) : null) ?? logEvent[Name],
    };

    /// <summary>The value in an event as text.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The text, or null where the event does not have it.</returns>
    public string? TextOf(LogEvent logEvent) => ValueOf(logEvent) switch
    {
        null => null,
        string text => text,
        object value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
