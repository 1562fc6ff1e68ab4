using System.Reflection;
using System.Text.Json;
using LogAnomaly.Analysis;
using LogAnomaly.Rules;

namespace LogAnomaly.Dashboard;

/// <summary>
/// Writes an analysis as the page's data block: JSON, deflated, in base64. The shape is that of <c>web/src/data.ts</c>;
/// the two change together. Nothing in a log line can end the block, for base64 has no letter that could.
/// </summary>
internal sealed class PageDataWriter : IDisposable
{
    /// <summary>Most characters of a raw line that the page holds.</summary>
    internal const int MaximumRaw = 4000;

    /// <summary>
    /// Characters of raw lines of evidence that the page may hold; lines beyond only say where they are. Those of the
    /// gravest anomalies come first.
    /// </summary>
    internal const long RawBudget = 600_000;

    /// <summary>Most templates that the page holds.</summary>
    internal const int MaximumTemplates = 1000;

    /// <summary>
    /// Characters of templates and their examples that the page may hold; the most frequent come first.
    /// </summary>
    internal const long TemplateBudget = 300_000;

    private static readonly string s_generator = $"LogAnomaly {VersionText()}";

    private readonly PageStream _stream;
    private readonly PageJson _page;
    private readonly Utf8JsonWriter _json;
    private readonly DashboardOptions _options;
    private long _rawLeft = RawBudget;

    /// <summary>Opens a writer.</summary>
    /// <param name="output">Where the block goes; it stays open.</param>
    /// <param name="options">What the page is told beside the analysis.</param>
    internal PageDataWriter(Stream output, DashboardOptions options)
    {
        _stream = new PageStream(output);
        _page = new PageJson(_stream.Input);
        _json = _page.Json;
        _options = options;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _page.Dispose();
        _stream.Dispose();
    }

    /// <summary>Writes the data.</summary>
    /// <param name="analysis">What the page shows.</param>
    internal void Write(LogAnalysis analysis)
    {
        _json.WriteStartObject();
        _json.WriteNumber("version", 2);
        _page.Text("title", _options.Title);
        _json.WriteString("theme", ThemeName(_options.Theme));
        _page.Time("generatedAt", _options.GeneratedAt ?? DateTimeOffset.Now);
        _json.WriteString("generator", s_generator);
        _page.Number("minimumScore", analysis.MinimumScore);
        _page.Number("falseAlarmsPerDay", analysis.ExpectedFalseAlarmsPerDay);
        _json.WriteNumber("heldBack", analysis.HeldBack);
        _json.WriteNumber("suppressed", analysis.Suppressed.Count);
        _json.WriteNumber("anomalyCount", analysis.Anomalies.Count);
        Severities(analysis.Anomalies);
        Ledger(analysis.Ledger);
        Summary(analysis.Summary);
        new PageCubeWriter(_page, _options.Places)
            .Write(analysis.GetCube(new CubeOptions { CountryOf = _options.Places.CountryOf }));
        _json.WriteNumber("templateCount", analysis.Templates.Count);
        _page.Array("templates", TemplatesOf(analysis), int.MaxValue, Template);
        _page.Array("anomalies", analysis.Anomalies, _options.MaximumAnomalies, Anomaly);
        Techniques(analysis.Anomalies);
        _json.WriteEndObject();
        _json.Flush();
    }

    private static string ThemeName(DashboardTheme theme) => theme switch
    {
        DashboardTheme.Auto => "auto",
        DashboardTheme.Light => "light",
        DashboardTheme.Dark => "dark",
        _ => throw new ArgumentOutOfRangeException(nameof(theme), theme, "The theme is Auto, Light or Dark."),
    };

    private static string VersionText()
    {
        AssemblyInformationalVersionAttribute? version =
            typeof(PageDataWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        string text = version?.InformationalVersion ?? "0.0.0";
        int metadata = text.IndexOf('+', StringComparison.Ordinal);
        return metadata < 0 ? text : text[..metadata];
    }

    // The most frequent, and those that anomalies on the page name.
    private List<LogTemplate> TemplatesOf(LogAnalysis analysis)
    {
        int most = MostTemplates(analysis.Templates);
        List<LogTemplate> templates = [.. analysis.Templates.Take(most)];
        if (analysis.Templates.Count > most)
        {
            HashSet<string> named = new(
                analysis.Anomalies.Take(_options.MaximumAnomalies).Select(anomaly => anomaly.TemplateId ?? ""),
                StringComparer.Ordinal);
            templates.AddRange(analysis.Templates.Skip(most).Where(template => named.Contains(template.Id)));
        }

        return templates;
    }

    // A log of noise has as many templates as lines, each as long as its line.
    private static int MostTemplates(IReadOnlyList<LogTemplate> templates)
    {
        long left = TemplateBudget;
        int most = 0;
        while (most < Math.Min(templates.Count, MaximumTemplates) && left > 0)
        {
            left -= Math.Min(templates[most].Text.Length, PageJson.MaximumText)
                + Math.Min(templates[most].Example.Length, PageJson.MaximumText);
            most++;
        }

        return most;
    }

    // The names of the techniques that anomalies on the page name, by id.
    private void Techniques(IReadOnlyList<Anomaly> anomalies)
    {
        _json.WriteStartObject("techniques");
        IEnumerable<string> ids = anomalies.Take(_options.MaximumAnomalies).SelectMany(anomaly => anomaly.Techniques);
        foreach (string id in ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            _page.Text(id, AttackNames.Of(id));
        }

        _json.WriteEndObject();
    }

    private void Severities(IReadOnlyList<Anomaly> anomalies)
    {
        long[] counts = new long[(int)Severity.Critical + 1];
        foreach (Anomaly anomaly in anomalies)
        {
            counts[(int)anomaly.Severity]++;
        }

        _json.WriteStartArray("severities");
        for (int severity = counts.Length - 1; severity >= 0; severity--)
        {
            _page.Name(new NameCount(((Severity)severity).ToString(), counts[severity]));
        }

        _json.WriteEndArray();
    }

    private void Ledger(ParseLedger ledger)
    {
        _json.WriteStartObject("ledger");
        _json.WriteNumber("linesRead", ledger.LinesRead);
        _json.WriteNumber("parsed", ledger.Parsed);
        _json.WriteNumber("unparsed", ledger.Unparsed);
        _json.WriteNumber("skipped", ledger.Skipped);
        _json.WriteNumber("bytes", ledger.Bytes);
        _page.Array("entries", ledger.Entries, int.MaxValue, Entry);
        _json.WriteEndObject();
    }

    private void Entry(LedgerEntry entry)
    {
        _json.WriteStartObject();
        _page.Text("path", entry.Path);
        _page.Text("format", entry.Format);
        _json.WriteNumber("linesRead", entry.LinesRead);
        _json.WriteNumber("parsed", entry.Parsed);
        _json.WriteNumber("unparsed", entry.Unparsed);
        _json.WriteNumber("skipped", entry.Skipped);
        _json.WriteNumber("filtered", entry.Filtered);
        _json.WriteNumber("truncated", entry.Truncated);
        _json.WriteNumber("bytes", entry.Bytes);
        _page.Text("error", entry.Error);
        _page.Array("shapes", entry.UnparsedShapes, int.MaxValue, Shape);
        _json.WriteEndObject();
    }

    private void Shape(UnparsedShape shape)
    {
        _json.WriteStartObject();
        _page.Text("shape", shape.Shape);
        _json.WriteNumber("count", shape.Count);
        _json.WriteNumber("line", shape.LineNumber);
        _page.Text("example", shape.Example);
        _json.WriteEndObject();
    }

    private void Summary(LogSummary summary)
    {
        _json.WriteStartObject("summary");
        _json.WriteNumber("eventCount", summary.EventCount);
        _page.Time("firstSeen", summary.FirstSeen);
        _page.Time("lastSeen", summary.LastSeen);
        Names("kinds", summary.Kinds);
        Names("levels", summary.Levels);
        Names("outcomes", summary.Outcomes);
        Names("hosts", summary.Hosts);
        Names("programs", summary.Programs);
        Names("sources", summary.Sources);
        Names("users", summary.Users);
        Names("statusCodes", summary.StatusCodes);
        _json.WriteNumber("sourceCount", summary.SourceCount);
        _json.WriteNumber("userCount", summary.UserCount);
        _json.WriteEndObject();
    }

    private void Template(LogTemplate template)
    {
        _json.WriteStartObject();
        _json.WriteString("id", template.Id);
        _page.Text("text", template.Text);
        _json.WriteNumber("count", template.Count);
        _page.Number("share", template.Share);
        _page.Time("firstSeen", template.FirstSeen);
        _page.Time("lastSeen", template.LastSeen);
        _page.Text("example", template.Example);
        _json.WriteEndObject();
    }

    private void Anomaly(Anomaly anomaly)
    {
        _json.WriteStartObject();
        _page.Time("time", anomaly.Timestamp);
        _page.Time("lastTime", anomaly.LastSeen);
        _page.Number("score", anomaly.Score);
        _json.WriteString("severity", anomaly.Severity.ToString());
        _page.Text("title", anomaly.Title);
        _page.Text("detector", anomaly.Detector);
        _page.Text("ruleId", anomaly.RuleId);
        _page.Text("ruleName", anomaly.RuleName);
        _page.Text("techniques", anomaly.Techniques.Count == 0 ? null : string.Join(' ', anomaly.Techniques));
        _json.WriteString("kind", anomaly.Kind.ToString());
        _page.Text("entityType", anomaly.EntityType);
        _page.Text("entity", anomaly.Entity);
        _page.Text("host", anomaly.HostName);
        _page.Text("program", anomaly.Program);
        _page.Text("user", anomaly.UserName);
        _page.Text("source", anomaly.SourceIP);
        _page.Text("level", anomaly.Level?.ToString());
        _json.WriteNumber("count", anomaly.Count);
        _page.Text("templateId", anomaly.TemplateId);
        _page.Text("template", anomaly.Template);
        _page.Text("normalIf", anomaly.NormalIf);
        _page.Text("label", anomaly.Label);
        _page.Array("reasons", anomaly.Reasons, int.MaxValue, Reason);
        _page.Array("evidence", anomaly.Evidence, int.MaxValue, Evidence);
        _json.WriteEndObject();
    }

    private void Reason(Reason reason)
    {
        _json.WriteStartObject();
        _page.Text("code", reason.Code);
        _page.Text("feature", reason.Feature);
        _page.Text("observed", reason.Observed);
        _page.Text("typical", reason.Typical);
        _page.Number("contribution", reason.Contribution);
        _page.Text("sentence", reason.Sentence);
        _page.Array("evidence", reason.Evidence, int.MaxValue, Evidence);
        _json.WriteEndObject();
    }

    private void Evidence(Evidence evidence)
    {
        _json.WriteStartObject();
        _page.Text("path", evidence.Path);
        _json.WriteNumber("line", evidence.LineNumber);
        _page.Time("time", evidence.Timestamp);
        int kept = PageJson.CutLength(evidence.Raw, (int)Math.Min(MaximumRaw, _rawLeft));
        _rawLeft -= kept;
        _json.WriteString("raw", evidence.Raw.AsSpan(0, kept));
        if (kept < evidence.Raw.Length)
        {
            _json.WriteNumber("cut", evidence.Raw.Length - kept);
        }

        _json.WriteEndObject();
    }

    private void Names(string property, IReadOnlyList<NameCount> names) =>
        _page.Array(property, names, int.MaxValue, _page.Name);
}
