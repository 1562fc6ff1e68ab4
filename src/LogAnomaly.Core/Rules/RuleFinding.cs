namespace LogAnomaly.Rules;

/// <summary>A finding of a rule about an entity while it grows.</summary>
internal sealed class RuleFinding
{
    private const int FirstLines = 10;
    private const int LastLines = 10;
    private const int RecentLength = 1_024;

    private readonly RuleClock _clock;
    private readonly List<FindingCause> _causes = [];
    private readonly int _mostLines;
    private FindingLine[] _first = [];
    private FindingLine[] _last = [];
    private int _firstCount;
    private long _lastCount;
    private HashTally? _recent;
    private HashTally? _lessRecent;

    /// <summary>Creates a finding.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="entityType">Name of the field that says whom it is about, or null.</param>
    /// <param name="entity">Whom it is about, or null.</param>
    /// <param name="clock">Knows the sources of lines.</param>
    /// <param name="isBrief">Whether it keeps but few lines, as many findings are kept already.</param>
    public RuleFinding(FindingKind kind, string? entityType, string? entity, RuleClock clock, bool isBrief)
    {
        FindingKind = kind;
        EntityType = entityType;
        Entity = entity;
        _clock = clock;
        _mostLines = isBrief ? 1 : FirstLines;
    }

    /// <summary>Rule that the finding names.</summary>
    public LogRule Rule => FindingKind.Rule;

    /// <summary>The highest severity of the rules that hit.</summary>
    public Severity Severity { get; private set; }

    /// <summary>Name of the field that says whom it is about, or null.</summary>
    public string? EntityType { get; }

    /// <summary>Whom it is about, or null.</summary>
    public string? Entity { get; }

    /// <summary>Address of its latest event that has one, or null.</summary>
    public string? SourceIP { get; private set; }

    /// <summary>User of its latest event that has one, or null.</summary>
    public string? UserName { get; private set; }

    /// <summary>Host of its latest event that has one, or null.</summary>
    public string? HostName { get; private set; }

    /// <summary>Program of its latest event that has one, or null.</summary>
    public string? Program { get; private set; }

    /// <summary>Whether events of several hosts made a rule hit.</summary>
    public bool HasSeveralHosts { get; private set; }

    /// <summary>Whether events of several programs made a rule hit.</summary>
    public bool HasSeveralPrograms { get; private set; }

    /// <summary>Kind of its latest event.</summary>
    public LogKind Kind { get; private set; }

    /// <summary>Level of its latest event, or null.</summary>
    public LogLevel? Level { get; private set; }

    /// <summary>Label of its latest event that has one, or null.</summary>
    public string? Label { get; private set; }

    /// <summary>Time of its first event, or null where the log has no times.</summary>
    public DateTimeOffset? FirstSeen { get; private set; }

    /// <summary>Time of its last event, or null where the log has no times.</summary>
    public DateTimeOffset? LastSeen { get; private set; }

    /// <summary>Events that belong to it; a repeated line counts as often as it came.</summary>
    public long Count { get; private set; }

    /// <summary>Whether later hits would open another finding.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Rules that had their say, in the order in which they had it.</summary>
    public IReadOnlyList<FindingCause> Causes => _causes;

    /// <summary>Users of its events.</summary>
    public FindingTally Users { get; } = new();

    /// <summary>Sources of its events.</summary>
    public FindingTally Sources { get; } = new();

    /// <summary>Why, in sentences and numbers; never empty.</summary>
    public IReadOnlyList<Reason> Reasons => FindingReasons.Of(this);

    /// <summary>The lines that prove it, in the order of time: the first ten and the last ten.</summary>
    public IReadOnlyList<Evidence> Evidence => ListEvidence();

    /// <summary>Its kind.</summary>
    internal FindingKind FindingKind { get; }

    /// <summary>UTC ticks of its first event.</summary>
    internal long FirstTicks { get; private set; } = long.MaxValue;

    /// <summary>UTC ticks of its last event.</summary>
    internal long LastTicks { get; private set; } = long.MinValue;

    /// <summary>Number of the source of its last event.</summary>
    internal int LastSource { get; private set; }

    /// <summary>A time of the log.</summary>
    /// <param name="ticks">UTC ticks; 0 where the log has no times.</param>
    /// <param name="offsetMinutes">Minutes from UTC.</param>
    /// <returns>The time, or null.</returns>
    public static DateTimeOffset? TimeOf(long ticks, int offsetMinutes) => ticks == 0
        ? null
        : new DateTimeOffset(ticks + (offsetMinutes * TimeSpan.TicksPerMinute), TimeSpan.FromMinutes(offsetMinutes));

    /// <summary>Counts an event.</summary>
    /// <param name="hit">Its hit.</param>
    /// <param name="weight">How often it came.</param>
    /// <param name="arena">Holds its line.</param>
    public void Add(in SeenHit hit, long weight, LineArena arena)
    {
        if (FindingKind.Contributors > 1 && !IsNew(hit.LinePlace))
        {
            return;
        }

        Count += weight;
        if (hit.Ticks < FirstTicks)
        {
            FirstTicks = hit.Ticks;
            FirstSeen = TimeOf(hit.Ticks, hit.OffsetMinutes);
        }

        if (hit.Ticks >= LastTicks)
        {
            LastTicks = hit.Ticks;
            LastSeen = TimeOf(hit.Ticks, hit.OffsetMinutes);
            LastSource = hit.Source;
        }

        bool isHeld = arena.TryRead(hit.LinePlace, out HeldLine line);
        Users.Add(line.User, weight);
        Sources.Add(line.Source, weight);
        Keep(hit, line.Text, isHeld);
    }

    /// <summary>Takes the values of the event at hand.</summary>
    /// <param name="logEvent">The event.</param>
    public void Describe(LogEvent logEvent)
    {
        SourceIP = logEvent.GetValue(LogField.SourceIP) as string ?? SourceIP;
        UserName = logEvent.GetValue(LogField.UserName) as string ?? UserName;
        HasSeveralHosts |= HostName is not null && logEvent.HostName is { } host && host != HostName;
        HasSeveralPrograms |= Program is not null && logEvent.Program is { } program && program != Program;
        HostName = logEvent.HostName ?? HostName;
        Program = logEvent.Program ?? Program;
        Label = logEvent.Label ?? Label;
        Kind = logEvent.Kind;
        Level = logEvent.Level;
    }

    /// <summary>Notes that a rule had its say.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="severity">The severity that it gives.</param>
    /// <param name="number">The number that it judged; for rules of one event the hits that came now.</param>
    /// <param name="reason">Its own reason, or null.</param>
    public void Blame(LogRule rule, Severity severity, double number, Reason? reason)
    {
        Severity = _causes.Count == 0 || severity > Severity ? severity : Severity;
        for (int index = 0; index < _causes.Count; index++)
        {
            if (ReferenceEquals(_causes[index].Rule, rule))
            {
                FindingCause cause = _causes[index];
                double now = rule.Correlation is null ? cause.Number + number : Math.Max(cause.Number, number);
                if (!now.Equals(cause.Number) || !ReferenceEquals(reason, cause.Reason))
                {
                    _causes[index] = cause with { Number = now, Reason = reason ?? cause.Reason };
                }

                return;
            }
        }

        _causes.Add(new FindingCause(rule, number, reason));
    }

    // Rules that share a finding share events too. Those that come twice come soon after one another.
    private bool IsNew(long place)
    {
        uint hash = (uint)(place >> 3);
        _recent ??= new HashTally();
        if (_lessRecent?.Contains(hash) == true || !_recent.Add(hash))
        {
            return false;
        }

        if (_recent.Count >= RecentLength)
        {
            (_recent, _lessRecent) = (_lessRecent ?? new HashTally(), _recent);
            _recent.Clear();
        }

        return true;
    }

    private void Keep(in SeenHit hit, ReadOnlySpan<byte> text, bool isHeld)
    {
        if (_firstCount < _mostLines)
        {
            if (_firstCount == _first.Length)
            {
                Array.Resize(ref _first, Math.Min(Math.Max(_first.Length * 2, 1), _mostLines));
            }

            _first[_firstCount++].Set(hit, text, isHeld);
            return;
        }

        int slot = (int)(_lastCount++ % Math.Min(LastLines, _mostLines));
        if (slot >= _last.Length)
        {
            Array.Resize(ref _last, Math.Min(Math.Max(_last.Length * 2, 1), _mostLines));
        }

        _last[slot].Set(hit, text, isHeld);
    }

    private List<Evidence> ListEvidence()
    {
        List<FindingLine> lines = [.. _first.AsSpan(0, _firstCount)];
        lines.AddRange(_last.AsSpan(0, (int)Math.Min(_lastCount, _last.Length)));
        lines.Sort((left, right) =>
            (left.Hit.Ticks, left.Hit.LinePlace).CompareTo((right.Hit.Ticks, right.Hit.LinePlace)));
        List<Evidence> evidence = [];
        for (int index = 0; index < lines.Count; index++)
        {
            if (index == 0 || lines[index].Hit.LinePlace != lines[index - 1].Hit.LinePlace)
            {
                evidence.Add(lines[index].ToEvidence(_clock));
            }
        }

        return evidence;
    }
}
