using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A rule that learns from what came before in the same run what is usual, and reports what is not, in bounded memory
/// and without keeping events. One instance serves one run and one thread.
/// </summary>
internal abstract class LearnedRule
{
    /// <summary>Code of the reasons of learned rules.</summary>
    protected const string Code = "Learned";

    private static readonly SortedDictionary<string, Func<LogRule, IRuleSink, LearnedRule?>> s_detectors =
        new(StringComparer.Ordinal)
        {
            [nameof(ClockJump)] = (rule, sink) => new ClockJump(rule, sink),
            [nameof(ErrorRateJump)] = (rule, sink) => new ErrorRateJump(rule, sink),
            [nameof(FirstLoginFromNetwork)] = (rule, sink) => new FirstLoginFromNetwork(rule, sink),
            [nameof(FirstSu)] = (rule, sink) => new FirstSu(rule, sink),
            [nameof(FirstSudo)] = (rule, sink) => new FirstSudo(rule, sink),
            [nameof(Flood)] = (rule, sink) => new Flood(rule, sink),
            [nameof(ImpossibleTravel)] = ImpossibleTravel.Of,
            [nameof(LatencyShift)] = (rule, sink) => new LatencyShift(rule, sink),
            [nameof(LogSilence)] = (rule, sink) => new LogSilence(rule, sink),
            [nameof(MissedJob)] = (rule, sink) => new MissedJob(rule, sink),
            [nameof(NewCronCommand)] = (rule, sink) => new NewCronCommand(rule, sink),
            [nameof(NewErrorTemplate)] = (rule, sink) => new NewErrorTemplate(rule, sink),
            [nameof(NewSudoCommand)] = (rule, sink) => new NewSudoCommand(rule, sink),
            [nameof(RareErrorTemplate)] = (rule, sink) => new RareErrorTemplate(rule, sink),
            [nameof(RecordGap)] = (rule, sink) => new RecordGap(rule, sink),
            [nameof(ServerErrorShare)] = (rule, sink) => new ServerErrorShare(rule, sink),
            [nameof(ShellBySudo)] = (rule, sink) => new ShellBySudo(rule, sink),
            [nameof(UnusualHour)] = (rule, sink) => new UnusualHour(rule, sink),
            [nameof(UnusualPackageHour)] = (rule, sink) => new UnusualPackageHour(rule, sink),
            [nameof(UnusualTransfer)] = (rule, sink) => new UnusualTransfer(rule, sink),
        };

    private readonly IRuleSink _sink;

    /// <summary>Creates the detector of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    /// <param name="kinds">Kinds of events that it wants.</param>
    protected LearnedRule(LogRule rule, IRuleSink sink, params LogKind[] kinds)
    {
        Rule = rule;
        Kinds = kinds;
        _sink = sink;
    }

    /// <summary>Names of the detectors, in their order.</summary>
    public static IReadOnlyCollection<string> Names => s_detectors.Keys;

    /// <summary>The rule.</summary>
    public LogRule Rule { get; }

    /// <summary>Kinds of events that it wants; others are not given to it.</summary>
    public IReadOnlyList<LogKind> Kinds { get; }

    /// <summary>Whether it asks events for their templates, which must be mined before it takes them.</summary>
    public virtual bool ReadsTemplates => false;

    /// <summary>Makes the detector that a rule names.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what the detector finds.</param>
    /// <returns>The detector, or null where the rule lacks what it cannot work without, such as a table of
    /// places.</returns>
    /// <exception cref="ArgumentException">There is no detector of that name, or a parameter is no number.</exception>
    public static LearnedRule? Create(LogRule rule, IRuleSink sink)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(sink);
        return s_detectors.TryGetValue(rule.Detector ?? "", out Func<LogRule, IRuleSink, LearnedRule?>? make)
            ? make(rule, sink)
            : throw new ArgumentException(
                $"Rule {rule.Id}: there is no detector '{rule.Detector}'. Detectors: "
                    + $"{string.Join(", ", s_detectors.Keys)}.");
    }

    /// <summary>
    /// Says why no detector can be made for a rule, so that its reader can tell of it and the other rules run.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <returns>What is wrong, or null where nothing is.</returns>
    public static string? FaultOf(LogRule rule)
    {
        try
        {
            _ = Create(rule, new NoSink());
            return null;
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }

    /// <summary>Takes an event of one of its <see cref="Kinds"/>.</summary>
    /// <param name="logEvent">The event.</param>
    public abstract void Add(LogEvent logEvent);

    /// <summary>Ends the input, and reports what is known only then.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>Reports a finding.</summary>
    /// <param name="logEvent">The event that shows it.</param>
    /// <param name="entityType">Name of the field that says whom it is about.</param>
    /// <param name="entity">Whom it is about; null for what the event says.</param>
    /// <param name="reason">Why.</param>
    /// <param name="severity">Severity, or null for that of the rule.</param>
    protected void Report(
        LogEvent logEvent, string entityType, string? entity, Reason reason, Severity? severity = null) =>
        _sink.Take(new RuleHit(Rule, logEvent)
        {
            EntityType = entity is null ? null : entityType,
            Entity = entity,
            Reason = reason,
            Severity = severity,
        });

    private sealed class NoSink : IRuleSink
    {
        public void Take(in RuleHit hit)
        {
        }
    }
}
