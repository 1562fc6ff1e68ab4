namespace LogAnomaly;

/// <summary>
/// A finding: what is wrong, how bad, since when, why, and the lines that prove it. It never changes once made.
/// </summary>
public sealed class Anomaly
{
    private readonly LogAnalysis? _analysis;

    /// <summary>Creates an anomaly.</summary>
    /// <param name="analysis">The analysis that it comes from.</param>
    internal Anomaly(LogAnalysis? analysis) => _analysis = analysis;

    /// <summary>Time of the event, or of the first of them; null where it has no time.</summary>
    public DateTimeOffset? Timestamp { get; internal init; }

    /// <summary>Time of the last event, or null where it has no time.</summary>
    public DateTimeOffset? LastSeen { get; internal init; }

    /// <summary>
    /// How far out it is, 0 to 100. From 25 on it says how probable it is that chance alone puts something as odd into
    /// a log of this length, by the tail probabilities of the detectors together: 25 for one log in thirty, 50 for one
    /// in a thousand, 75 for one in a million. A rule sets its severity itself; its score is the middle of that band.
    /// </summary>
    public double Score { get; internal init; }

    /// <summary>Band of the score.</summary>
    public Severity Severity { get; internal init; }

    /// <summary>What happened, in a few words.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>
    /// The detector whose say weighs most, such as <c>RareTemplate</c> or <c>IsolationForest</c>; <c>Rule</c> where a
    /// rule fired.
    /// </summary>
    public string Detector { get; internal init; } = "";

    /// <summary>Id of the rule that fired, or null where none did.</summary>
    public string? RuleId { get; internal init; }

    /// <summary>Title of the rule that fired, or null where none did.</summary>
    public string? RuleName { get; internal init; }

    /// <summary>
    /// Ids of the ATT&amp;CK techniques (version 19) that the rule names, such as <c>T1110.001</c>; empty where none
    /// did.
    /// </summary>
    public IReadOnlyList<string> Techniques { get; internal init; } = [];

    /// <summary>Kind of the event.</summary>
    public LogKind Kind { get; internal init; }

    /// <summary>
    /// Name of the field that says whom or what it is about: SourceIP, UserName, HostName, Program, Module; null where
    /// none is known.
    /// </summary>
    public string? EntityType { get; internal init; }

    /// <summary>Whom or what it is about, or null.</summary>
    public string? Entity { get; internal init; }

    /// <summary>Host, or null.</summary>
    public string? HostName { get; internal init; }

    /// <summary>Program, or null.</summary>
    public string? Program { get; internal init; }

    /// <summary>User, or null.</summary>
    public string? UserName { get; internal init; }

    /// <summary>Address that it comes from, or null.</summary>
    public string? SourceIP { get; internal init; }

    /// <summary>Level of the event, or null.</summary>
    public LogLevel? Level { get; internal init; }

    /// <summary>Events in the finding.</summary>
    public long Count { get; internal init; } = 1;

    /// <summary>Id of the template, or null.</summary>
    public string? TemplateId { get; internal init; }

    /// <summary>Template of the message, or null.</summary>
    public string? Template { get; internal init; }

    /// <summary>Why; never empty, the weightiest first.</summary>
    public IReadOnlyList<Reason> Reasons { get; internal init; } = [];

    /// <summary>The lines that prove it; the first, the last and up to twenty.</summary>
    public IReadOnlyList<Evidence> Evidence { get; internal init; } = [];

    /// <summary>
    /// What would make it usual, in a sentence, where the detector can say: which values, put in place of its own.
    /// </summary>
    public string? NormalIf { get; internal init; }

    /// <summary>Label of the event where it is a synthetic or labelled one, or null.</summary>
    public string? Label { get; internal init; }

    /// <summary>
    /// The event that made the finding, until suppressions are applied: they may name fields that a finding does not
    /// carry. Dropped then, because an event keeps the block of the file that its line was read from.
    /// </summary>
    internal LogEvent? Event { get; set; }

    /// <summary>
    /// The fields in which its events differ: what stands in them is that of the last event, and says nothing of the
    /// whole.
    /// </summary>
    internal IReadOnlyList<LogField> VaryingFields { get; init; } = [];

    /// <summary>
    /// The analysis that the anomaly comes from: the context for charts. A method and not a property, so that it does
    /// not print.
    /// </summary>
    /// <returns>The analysis, or null for an anomaly without one.</returns>
    public LogAnalysis? GetAnalysis() => _analysis;

    /// <summary>The same finding with another score, for one never changes once made.</summary>
    /// <param name="score">The score.</param>
    /// <param name="severity">Its band.</param>
    /// <param name="reasons">Why; not empty, the weightiest first.</param>
    /// <returns>The new finding.</returns>
    internal Anomaly With(double score, Severity severity, IReadOnlyList<Reason> reasons) => new(_analysis)
    {
        Timestamp = Timestamp,
        LastSeen = LastSeen,
        Score = score,
        Severity = severity,
        Title = Title,
        Detector = Detector,
        RuleId = RuleId,
        RuleName = RuleName,
        Techniques = Techniques,
        Kind = Kind,
        EntityType = EntityType,
        Entity = Entity,
        HostName = HostName,
        Program = Program,
        UserName = UserName,
        SourceIP = SourceIP,
        Level = Level,
        Count = Count,
        TemplateId = TemplateId,
        Template = Template,
        Reasons = reasons,
        Evidence = Evidence,
        NormalIf = NormalIf,
        Label = Label,
        Event = Event,
        VaryingFields = VaryingFields,
    };

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Severity} {Score:0} {Title}");
}
