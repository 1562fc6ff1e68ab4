using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>
/// A field of events as rules name it: one of ours, of ECS or of Sigma, one of the log's own, or one of those that only
/// rules have.
/// </summary>
internal sealed class RuleField
{
    /// <summary>Where the action comes from: SourceIP, or SourceHost where the line has a name only.</summary>
    public const string Source = "Source";

    /// <summary>The account that is acted on: TargetUser, or UserName where there is no other.</summary>
    public const string Account = "Account";

    /// <summary>The URL with its percent signs resolved up to twice.</summary>
    public const string UrlDecoded = "UrlDecoded";

    // What the reader says of every event, under names that logs also use for their own: a record of the audit has a
    // path.
    private static readonly LogField[] s_ofReader =
    [
        LogField.Path, LogField.LineNumber, LogField.Kind, LogField.Label, LogField.Template, LogField.TemplateId,
        LogField.Raw,
    ];

    private readonly string[] _ownNames;
    private readonly bool _isOwnFirst;

    private RuleField(string name)
    {
        Name = name;
        Role = RoleOf(name);
        _ownNames = [name, .. RuleFieldNames.OwnNamesOf(name)];
        if (LogFields.TryParse(name, out LogField field))
        {
            Field = field;
            _isOwnFirst = Array.IndexOf(s_ofReader, field) >= 0
                && name.Equals(field.ToString(), StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            Field = RuleFieldNames.FieldOf(name);
            _isOwnFirst = Field is not null;
        }
    }

    /// <summary>Name of the field as the rule has it.</summary>
    public string Name { get; }

    /// <summary>The field of ours that the name stands for, or null.</summary>
    public LogField? Field { get; }

    /// <summary>How the field is made of others; none for most.</summary>
    public RuleFieldRole Role { get; }

    /// <summary>Whether the field is one of ours and nothing else goes before it.</summary>
    public bool IsPlain => Role == RuleFieldRole.None && Field is not null && !_isOwnFirst;

    /// <summary>
    /// What fields that give the same value have in common: the field of ours, the role, or the name.
    /// </summary>
    public string Key =>
        Role != RuleFieldRole.None ? $"<{Role}>" : _isOwnFirst || Field is null ? Name : $"={Field} {Name}";

    /// <summary>The field of that name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The field.</returns>
    public static RuleField Of(string name) => new(name);

    /// <summary>The value in an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The value, or null where the event does not have it.</returns>
    public object? ValueOf(LogEvent logEvent)
    {
        switch (Role)
        {
            case RuleFieldRole.Source:
                return logEvent.GetValue(LogField.SourceIP) ?? logEvent.GetValue(LogField.SourceHost);
            case RuleFieldRole.Account:
                return logEvent.GetValue(LogField.TargetUser) ?? logEvent.GetValue(LogField.UserName);
            case RuleFieldRole.None when Field is { } field && !_isOwnFirst && logEvent is not WindowsEvent
                && logEvent.GetValue(field) is { } value:
                return value;
            default:
                EventView view = new();
                view.Show(logEvent);
                RuleValue read = Read(view);
                return read.IsNone ? null : read.ToObject();
        }
    }

    /// <summary>The value in an event as text.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The text, or null where the event does not have it.</returns>
    public string? TextOf(LogEvent logEvent) => ValueOf(logEvent) switch
    {
        null => null,
        string text => text,
        object value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The value in the event that is looked at.</summary>
    /// <param name="view">The event.</param>
    /// <returns>The value.</returns>
    public RuleValue Read(EventView view)
    {
        switch (Role)
        {
            case RuleFieldRole.Source:
                return FirstOf(view, LogField.SourceIP, LogField.SourceHost);
            case RuleFieldRole.Account:
                return FirstOf(view, LogField.TargetUser, LogField.UserName);
            case RuleFieldRole.UrlDecoded:
                return view.Read(LogField.Url) is { Kind: RuleValueKind.Text } url
                    ? RuleValue.Of(view.Decode(url.ToText()))
                    : default;
            case RuleFieldRole.UrlExtension:
                return ReadPlain(view) is { IsNone: false } own ? own : Extension(view.Read(LogField.UrlPath));
            case RuleFieldRole.Image:
                return ReadPlain(view) is { IsNone: false } image ? image : ProgramFile(view.Read(LogField.Command));
            default:
                return ReadPlain(view);
        }
    }

    private static RuleFieldRole RoleOf(string name) => name switch
    {
        Source => RuleFieldRole.Source,
        Account => RuleFieldRole.Account,
        UrlDecoded => RuleFieldRole.UrlDecoded,
        "c-uri-extension" or "cs-uri-extension" or "url.extension" => RuleFieldRole.UrlExtension,
        "Image" => RuleFieldRole.Image,
        _ => RuleFieldRole.None,
    };

    private static RuleValue FirstOf(EventView view, LogField first, LogField second) =>
        view.Read(first) is { IsNone: false } value ? value : view.Read(second);

    private static RuleValue Extension(RuleValue path)
    {
        string text = path.ToText();
        int dot = text.LastIndexOf('.');
        return dot < 0 || text.IndexOf('/', dot) >= 0 ? default : RuleValue.Of(text[(dot + 1)..]);
    }

    private static RuleValue ProgramFile(RuleValue command)
    {
        string text = command.ToText();
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        return text.StartsWith('/') ? RuleValue.Of(space < 0 ? text : text[..space]) : default;
    }

    // A Windows record's own value goes before a field of ours of that name, as in its look-up by name.
    private RuleValue ReadPlain(EventView view)
    {
        if (Field is not { } field)
        {
            return ReadOwn(view);
        }

        if (_isOwnFirst || view.Event is WindowsEvent)
        {
            return ReadOwn(view) is { IsNone: false } own ? own : view.Read(field);
        }

        return view.Read(field) is { IsNone: false } value ? value : ReadOwn(view);
    }

    private RuleValue ReadOwn(EventView view)
    {
        // Most events have no values of their own, and most rules ask for some.
        if (view.Event is not (WindowsEvent or RecordEvent) && view.Properties.Count == 0)
        {
            return default;
        }

        foreach (string name in _ownNames)
        {
            object? value = view.Event switch
            {
                WindowsEvent windows => windows[name],
                RecordEvent record => record.FindOwn(name),
                _ => view.Properties.GetValueOrDefault(name),
            };
            if (value is not null)
            {
                return RuleValue.Of(value);
            }
        }

        return default;
    }
}
