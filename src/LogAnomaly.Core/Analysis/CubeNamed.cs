namespace LogAnomaly.Analysis;

/// <summary>The values that anomalies name, which are broken down before others.</summary>
internal sealed class CubeNamed
{
    // Of the gravest anomalies, which come first.
    private const int MostOfField = 1_000;

    private static readonly CubeField[] s_fields =
    [
        CubeField.Source, CubeField.User, CubeField.Host, CubeField.Program, CubeField.Path, CubeField.Agent,
        CubeField.Template,
    ];

    private readonly Dictionary<CubeField, HashSet<int>> _codes = s_fields.ToDictionary(
        field => field, _ => new HashSet<int>());
    private readonly Dictionary<CubeField, List<int>> _ordered = s_fields.ToDictionary(
        field => field, _ => new List<int>());
    private readonly Dictionary<string, int> _templates = new(StringComparer.Ordinal);
    private readonly CubeReader _reader;

    /// <summary>Reads anomalies.</summary>
    /// <param name="reader">Has the values.</param>
    /// <param name="templates">For each code of a template the one that stands for it.</param>
    /// <param name="anomalies">The anomalies, the gravest first.</param>
    public CubeNamed(CubeReader reader, int[] templates, IReadOnlyList<Anomaly> anomalies)
    {
        _reader = reader;
        for (int code = CubeKey.First; code < templates.Length; code++)
        {
            if (templates[code] == code)
            {
                _templates[reader.TextOf(CubeField.Template, code)] = code;
            }
        }

        foreach (Anomaly anomaly in anomalies)
        {
            Add(CubeField.Source, anomaly.SourceIP);
            Add(CubeField.User, anomaly.UserName);
            Add(CubeField.Host, anomaly.HostName);
            Add(CubeField.Program, anomaly.Program);
            Add(CubeField.Template, anomaly.TemplateId);
            if (FieldOf(anomaly.EntityType) is { } field)
            {
                Add(field, anomaly.Entity);
            }
        }
    }

    /// <summary>The named codes by field.</summary>
    public IReadOnlyDictionary<CubeField, HashSet<int>> Codes => _codes;

    /// <summary>The named codes of a field, those of the gravest anomalies first.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The codes.</returns>
    public IReadOnlyList<int> Of(CubeField field) => _ordered.TryGetValue(field, out List<int>? codes) ? codes : [];

    private static CubeField? FieldOf(string? entityType) => entityType switch
    {
        nameof(LogField.SourceIP) or nameof(LogField.SourceHost) => CubeField.Source,
        nameof(LogField.UserName) => CubeField.User,
        nameof(LogField.HostName) => CubeField.Host,
        nameof(LogField.Program) or nameof(LogField.Module) => CubeField.Program,
        nameof(LogField.UrlPath) => CubeField.Path,
        nameof(LogField.UserAgent) => CubeField.Agent,
        _ => null,
    };

    private void Add(CubeField field, string? text)
    {
        int code = text is null ? 0
            : field == CubeField.Template ? _templates.GetValueOrDefault(text) : _reader.ValuesOf(field).Find(text);
        if (code >= CubeKey.First && _codes[field].Count < MostOfField && _codes[field].Add(code))
        {
            _ordered[field].Add(code);
        }
    }
}
