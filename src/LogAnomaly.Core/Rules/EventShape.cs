using System.Runtime.CompilerServices;

namespace LogAnomaly.Rules;

/// <summary>
/// What tells most rules whether they may match an event, as a few values that recur: of a request its target, method,
/// version and status; of a line of a host its program, category, action and outcome. Texts are compared as objects,
/// since readers pool them.
/// </summary>
internal readonly struct EventShape : IEquatable<EventShape>
{
    private readonly object? _first;
    private readonly object? _second;
    private readonly object? _third;
    private readonly object? _fourth;
    private readonly int _code;

    private EventShape(object? first, object? second, object? third, object? fourth, int code)
    {
        _first = first;
        _second = second;
        _third = third;
        _fourth = fourth;
        _code = code;
    }

    /// <summary>Reads the shape of an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>Whether the event has one: not where its log gives it values under names of its own.</returns>
    public static bool TryRead(LogEvent logEvent, out EventShape shape)
    {
        switch (logEvent)
        {
            case AccessEvent { HasDetails: false, Url: { } url } access:
                shape = new EventShape(url, null, null, null, access.RequestCode);
                return true;
            case AuthEvent { Source.PropertyReader: null } auth:
                shape = new EventShape(
                    auth.Program, auth.Category, auth.Action, auth.Method, CodeOf(auth.Outcome, auth.Level));
                return true;
            case SystemEvent { Source.PropertyReader: null } system:
                shape = new EventShape(
                    system.Program,
                    system.Category,
                    system.Action,
                    system.Facility,
                    CodeOf(system.Outcome, system.Level));
                return true;
            default:
                shape = default;
                return false;
        }
    }

    /// <summary>Whether the shape of a kind of events tells the value of a field.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="field">The field.</param>
    /// <returns>Whether it does.</returns>
    public static bool Tells(LogKind kind, RuleField field) => kind switch
    {
        LogKind.Access => LiteralField.IsOfUrl(field) || (field.Role == RuleFieldRole.None && field.Field
            is LogField.StatusCode or LogField.Method or LogField.HttpVersion or LogField.Outcome or LogField.Level
            or LogField.Category or LogField.Action or LogField.Kind),
        LogKind.Authentication =>
            field.IsPlain && field.Field is LogField.Program or LogField.Category or LogField.Action
                or LogField.Method or LogField.Outcome or LogField.Level or LogField.Kind,
        LogKind.System => field.IsPlain && field.Field is LogField.Program or LogField.Category or LogField.Action
            or LogField.Facility or LogField.Outcome or LogField.Level or LogField.Kind,
        _ => false,
    };

    /// <inheritdoc/>
    public bool Equals(EventShape other) =>
        _code == other._code && ReferenceEquals(_first, other._first) && ReferenceEquals(_second, other._second)
        && ReferenceEquals(_third, other._third) && ReferenceEquals(_fourth, other._fourth);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EventShape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        uint sum = (uint)_code * 0x9E3779B1;
        sum = (sum ^ (uint)HashOf(_first)) * 0x9E3779B1;
        sum = (sum ^ (uint)HashOf(_second)) * 0x9E3779B1;
        sum = (sum ^ (uint)HashOf(_third)) * 0x9E3779B1;
        sum = (sum ^ (uint)HashOf(_fourth)) * 0x9E3779B1;
        return (int)(sum >> 8);
    }

    private static int HashOf(object? value) => value is null ? 0 : RuntimeHelpers.GetHashCode(value);

    private static int CodeOf(Outcome outcome, LogLevel? level) =>
        ((int)outcome << 8) | (level is { } known ? (int)known + 1 : 0);
}
