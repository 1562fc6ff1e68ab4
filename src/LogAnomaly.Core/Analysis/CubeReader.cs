namespace LogAnomaly.Analysis;

/// <summary>Reads what an event is about, and gives its values codes.</summary>
/// <param name="countryOf">Gives the country of a source; null where none is told.</param>
internal sealed class CubeReader(Func<string, string?>? countryOf)
{
    private const int MostValues = 250_000;
    private const int LongestStatus = 2_047;

    private readonly CubeValues?[] _values = new CubeValues?[CubeKey.Fields];
    private readonly List<int> _countries = [0, 0];

    // Of targets with a query, whose path would have to be cut out each time.
    private readonly CubeValues _targets = new(CubeKey.First);

    /// <summary>The templates that events have.</summary>
    public CubeTemplates Templates { get; } = new();

    /// <summary>Whether countries are told.</summary>
    public bool HasCountries => countryOf is not null;

    /// <summary>The values of a field that holds texts.</summary>
    /// <param name="field">The field; neither a template nor one of those whose code is a number.</param>
    /// <returns>Its values.</returns>
    public CubeValues ValuesOf(CubeField field) =>
        _values[(int)field] ??= new CubeValues(Math.Min(MostValues, CubeKey.RoomOf(field)));

    /// <summary>Codes of a field so far.</summary>
    /// <param name="field">The field.</param>
    /// <returns>One more than the greatest.</returns>
    public int CountOf(CubeField field) => field switch
    {
        CubeField.Template => Templates.Count,
        CubeField.Kind or CubeField.Level or CubeField.Outcome or CubeField.Status => CubeKey.RoomOf(field),
        _ => ValuesOf(field).Count,
    };

    /// <summary>The text of a code.</summary>
    /// <param name="field">The field.</param>
    /// <param name="code">The code, from 2.</param>
    /// <returns>The text.</returns>
    public string TextOf(CubeField field, int code) => field switch
    {
        CubeField.Kind => ((LogKind)(code - CubeKey.First)).ToString(),
        CubeField.Level => ((LogLevel)(code - CubeKey.First)).ToString(),
        CubeField.Outcome => ((Outcome)(code - 1)).ToString(),
        CubeField.Status => code.ToString(System.Globalization.CultureInfo.InvariantCulture),
        CubeField.Template => Templates.IdOf(code),
        _ => ValuesOf(field).TextOf(code),
    };

    /// <summary>Reads an event.</summary>
    /// <param name="logEvent">The event, its template mined.</param>
    /// <returns>What it is about.</returns>
    public CubeKey Read(LogEvent logEvent)
    {
        CubeWords words = logEvent switch
        {
            AccessEvent access => new(
                access.Program, access.SourceIP ?? access.SourceHost, access.UserName, access.Action, access.Outcome,
                access.StatusCode ?? 0, access.UserAgent),
            AuthEvent auth => new(
                auth.Program, auth.SourceIP ?? auth.SourceHost, auth.UserName, auth.Action, auth.Outcome, 0, null),
            ApacheErrorEvent error => new(
                error.Module, error.SourceIP ?? error.SourceHost, error.UserName, error.Action, error.Outcome, 0, null),
            { Kind: LogKind.Unparsed } => new(logEvent.Program, null, null, null, Outcome.Unknown, 0, null),
            _ => OfFields(logEvent),
        };
        int source = ValuesOf(CubeField.Source).CodeOf(words.Source);
        ulong who = (uint)source
            | ((ulong)(uint)ValuesOf(CubeField.User).CodeOf(words.User) << 20)
            | ((ulong)(uint)ValuesOf(CubeField.Host).CodeOf(logEvent.HostName) << 40);
        ulong what = (uint)PathOf(logEvent)
            | ((ulong)(uint)ValuesOf(CubeField.Agent).CodeOf(words.Agent) << 20)
            | ((ulong)(uint)Templates.CodeOf(logEvent.MinedLeaf) << 40);
        int level = logEvent.Level is { } known ? (int)known + CubeKey.First : 0;
        ulong rest = (uint)(logEvent.Kind + CubeKey.First)
            | ((ulong)(uint)level << 4)
            | ((ulong)(uint)(words.Outcome == Outcome.Unknown ? 0 : (int)words.Outcome + 1) << 8)
            | ((ulong)(uint)(words.Status is >= CubeKey.First and <= LongestStatus ? words.Status : 0) << 10)
            | ((ulong)(uint)ValuesOf(CubeField.Action).CodeOf(words.Action) << 21)
            | ((ulong)(uint)ValuesOf(CubeField.Program).CodeOf(words.Program) << 35)
            | ((ulong)(uint)CountryOf(source, words.Source) << 51);
        return new CubeKey(who, what, rest);
    }

    /// <summary>The path of a request in a record, or null.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The path without its query.</returns>
    public static string? PathOfRecord(LogEvent logEvent) =>
        logEvent.GetValue(LogField.UrlPath) as string
            ?? RequestWords.PathOf(
                logEvent.GetValue(LogField.Method) as string ?? "GET", logEvent.GetValue(LogField.Url) as string);

    private static CubeWords OfFields(LogEvent logEvent) => new(
        logEvent.Program,
        (logEvent.GetValue(LogField.SourceIP) ?? logEvent.GetValue(LogField.SourceHost)) as string,
        logEvent.GetValue(LogField.UserName) as string,
        logEvent.GetValue(LogField.Action) as string,
        logEvent.GetValue(LogField.Outcome) is Outcome outcome ? outcome : Outcome.Unknown,
        logEvent.GetValue(LogField.StatusCode) is int status ? status : 0,
        logEvent.GetValue(LogField.UserAgent) as string);

    private int PathOf(LogEvent logEvent)
    {
        CubeValues paths = ValuesOf(CubeField.Path);
        if (logEvent is not AccessEvent access)
        {
            return logEvent.Kind is LogKind.Record or LogKind.NginxError ? paths.CodeOf(PathOfRecord(logEvent)) : 0;
        }

        // A target with its method gives the path; the pooled target comes again as the same object.
        if (access.HasDetails || access.Method is null || access.Url is not { Length: > 0 } target)
        {
            return paths.CodeOf(access.UrlPath);
        }

        if (!_targets.TryRecent(target, out int code))
        {
            code = paths.CodeOf(access.UrlPath);
            _targets.Remember(target, code);
        }

        return code;
    }

    private int CountryOf(int source, string? text)
    {
        if (countryOf is null || source == 0)
        {
            return 0;
        }

        if (source == CubeKey.Other)
        {
            return ValuesOf(CubeField.Country).CodeOf(countryOf(text!));
        }

        if (source == _countries.Count)
        {
            _countries.Add(ValuesOf(CubeField.Country).CodeOf(countryOf(ValuesOf(CubeField.Source).TextOf(source))));
        }

        return _countries[source];
    }

    private readonly record struct CubeWords(
        string? Program, string? Source, string? User, string? Action, Outcome Outcome, int Status, string? Agent);
}
