using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>
/// A field by which events are taken together or counted, found once so that reading it costs no look-up of its name.
/// </summary>
internal sealed class GroupField
{
    private readonly RuleField _field;
    private readonly LogField? _known;
    private readonly LogField? _second;

    private GroupField(string name)
    {
        _field = RuleField.Of(name);
        (_known, _second) = _field.Role switch
        {
            RuleFieldRole.Source => (LogField.SourceIP, LogField.SourceHost),
            RuleFieldRole.Account => (LogField.TargetUser, LogField.UserName),
            _ => (_field.IsPlain ? _field.Field : null, (LogField?)null),
        };
        Name = _second is null && _known is { } field ? field.ToString() : name;
    }

    /// <summary>Name of the field: ours where we have it, else that of the rule.</summary>
    public string Name { get; }

    /// <summary>The field of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The field.</returns>
    public static GroupField Of(string name) => new(name);

    /// <summary>The value in an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The value, or null where the event does not have it.</returns>
    public object? ValueOf(LogEvent logEvent)
    {
        if (_known is not { } known || (_second is null && logEvent is WindowsEvent))
        {
            return _field.ValueOf(logEvent);
        }

        object? value = logEvent.GetValue(known);
        return value ?? (_second is { } second ? logEvent.GetValue(second) : _field.ValueOf(logEvent));
    }

    /// <summary>The value in an event as text.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The text, or null where the event does not have it or it is empty.</returns>
    public string? TextOf(LogEvent logEvent) => ValueOf(logEvent) switch
    {
        null => null,
        string text => text.Length == 0 ? null : text,
        object value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The value in an event as a number.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the value is a number.</returns>
    public bool TryGetNumber(LogEvent logEvent, out double number)
    {
        object? value = ValueOf(logEvent);
        if (value is string text)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number);
        }

        number = value is int or long or double or float or decimal or short or byte or uint or ulong
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : double.NaN;
        return double.IsFinite(number);
    }

    /// <summary>
    /// The name of the field that the value of an event stands in, where the field is one of several.
    /// </summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The name.</returns>
    public string NameIn(LogEvent logEvent) => _second is not { } second
        ? Name
        : (logEvent.GetValue(_known!.Value) is null ? second : _known.Value).ToString();
}
