using System.Text.Json;

namespace LogAnomaly.Cli.Output;

/// <summary>
/// Anomalies as JSON, one object a line; the names are those of the properties of <see cref="Anomaly"/>.
/// </summary>
internal sealed class AnomalyJson : IDisposable
{
    private static readonly (JsonEncodedText Name, Func<Anomaly, object?> Value)[] s_head =
    [
        (Name(nameof(Anomaly.Score)), anomaly => anomaly.Score),
        (Name(nameof(Anomaly.Severity)), anomaly => anomaly.Severity),
        (Name(nameof(Anomaly.Title)), anomaly => anomaly.Title),
        (Name(nameof(Anomaly.Detector)), anomaly => anomaly.Detector),
        (Name(nameof(Anomaly.RuleId)), anomaly => anomaly.RuleId),
        (Name(nameof(Anomaly.RuleName)), anomaly => anomaly.RuleName),
        (Name(nameof(Anomaly.Timestamp)), anomaly => anomaly.Timestamp),
        (Name(nameof(Anomaly.LastSeen)), anomaly => anomaly.LastSeen),
        (Name(nameof(Anomaly.Count)), anomaly => anomaly.Count),
        (Name(nameof(Anomaly.Kind)), anomaly => anomaly.Kind),
        (Name(nameof(Anomaly.EntityType)), anomaly => anomaly.EntityType),
        (Name(nameof(Anomaly.Entity)), anomaly => anomaly.Entity),
        (Name(nameof(Anomaly.SourceIP)), anomaly => anomaly.SourceIP),
        (Name(nameof(Anomaly.UserName)), anomaly => anomaly.UserName),
        (Name(nameof(Anomaly.HostName)), anomaly => anomaly.HostName),
        (Name(nameof(Anomaly.Program)), anomaly => anomaly.Program),
        (Name(nameof(Anomaly.Level)), anomaly => anomaly.Level),
        (Name(nameof(Anomaly.TemplateId)), anomaly => anomaly.TemplateId),
        (Name(nameof(Anomaly.Template)), anomaly => anomaly.Template),
        (Name(nameof(Anomaly.NormalIf)), anomaly => anomaly.NormalIf),
        (Name(nameof(Anomaly.Label)), anomaly => anomaly.Label),
    ];

    private static readonly JsonEncodedText s_repeats = Name("Repeats");
    private static readonly JsonEncodedText s_techniques = Name(nameof(Anomaly.Techniques));
    private static readonly JsonEncodedText s_reasons = Name(nameof(Anomaly.Reasons));
    private static readonly JsonEncodedText s_evidence = Name(nameof(Anomaly.Evidence));
    private static readonly JsonEncodedText s_code = Name(nameof(Reason.Code));
    private static readonly JsonEncodedText s_feature = Name(nameof(Reason.Feature));
    private static readonly JsonEncodedText s_observed = Name(nameof(Reason.Observed));
    private static readonly JsonEncodedText s_typical = Name(nameof(Reason.Typical));
    private static readonly JsonEncodedText s_contribution = Name(nameof(Reason.Contribution));
    private static readonly JsonEncodedText s_sentence = Name(nameof(Reason.Sentence));
    private static readonly JsonEncodedText s_path = Name(nameof(Evidence.Path));
    private static readonly JsonEncodedText s_lineNumber = Name(nameof(Evidence.LineNumber));
    private static readonly JsonEncodedText s_timestamp = Name(nameof(Evidence.Timestamp));
    private static readonly JsonEncodedText s_raw = Name(nameof(Evidence.Raw));

    private readonly JsonLines _lines;

    /// <summary>Creates a printer.</summary>
    /// <param name="output">Where the lines go.</param>
    public AnomalyJson(Stream output) => _lines = new JsonLines(output);

    /// <summary>Prints an anomaly.</summary>
    /// <param name="anomaly">The anomaly.</param>
    /// <param name="repeats">Anomalies that it stands for, or null where it stands for itself.</param>
    public void Print(Anomaly anomaly, int? repeats = null)
    {
        _lines.StartLine();
        foreach ((JsonEncodedText name, Func<Anomaly, object?> value) in s_head)
        {
            _lines.Write(name, value(anomaly));
        }

        _lines.Write(s_repeats, repeats);
        if (anomaly.Techniques.Count > 0)
        {
            _lines.Write(s_techniques, anomaly.Techniques);
        }

        _lines.StartList(s_reasons);
        foreach (Reason reason in anomaly.Reasons)
        {
            Write(reason);
        }

        _lines.EndList();
        Write(anomaly.Evidence);
        _lines.EndLine();
    }

    /// <summary>Hands on all that was printed.</summary>
    public void Flush() => _lines.Flush();

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);

    private void Write(Reason reason)
    {
        _lines.StartItem();
        _lines.Write(s_code, reason.Code);
        _lines.Write(s_feature, reason.Feature);
        _lines.Write(s_observed, reason.Observed);
        _lines.Write(s_typical, reason.Typical);
        _lines.Write(s_contribution, reason.Contribution);
        _lines.Write(s_sentence, reason.Sentence);
        if (reason.Evidence.Count > 0)
        {
            Write(reason.Evidence);
        }

        _lines.EndItem();
    }

    private void Write(IReadOnlyList<Evidence> evidence)
    {
        _lines.StartList(s_evidence);
        foreach (Evidence line in evidence)
        {
            _lines.StartItem();
            _lines.Write(s_path, line.Path);
            _lines.Write(s_lineNumber, line.LineNumber);
            _lines.Write(s_timestamp, line.Timestamp);
            _lines.Write(s_raw, line.Raw);
            _lines.EndItem();
        }

        _lines.EndList();
    }
}
