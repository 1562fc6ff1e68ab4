namespace LogAnomaly.Rules;

/// <summary>The findings: one open one for each kind and entity, and all that were.</summary>
internal sealed class FindingTable
{
    // Findings with all their lines; a flood of findings must not fill the memory with lines.
    private const int FullFindings = 10_000;
    private const int LeastLooks = 64;

    private readonly RuleEngineOptions _options;
    private readonly RuleClock _clock;
    private readonly List<RuleFinding> _all = [];
    private readonly Dictionary<(FindingKind Kind, string Entity), RuleFinding> _open = [];
    private readonly HashSet<(FindingKind Kind, string Entity)> _refused = [];
    private readonly Queue<RuleFinding> _queue = new();

    /// <summary>Creates a table.</summary>
    /// <param name="options">The bounds, and who is told of findings.</param>
    /// <param name="clock">The time of the log.</param>
    public FindingTable(RuleEngineOptions options, RuleClock clock)
    {
        _options = options;
        _clock = clock;
    }

    /// <summary>All findings in the order of their opening.</summary>
    public IReadOnlyList<RuleFinding> All => _all;

    /// <summary>Findings that could not be kept.</summary>
    public long Dropped { get; private set; }

    /// <summary>The open finding of an entity that a hit joins.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="entity">The entity, or null.</param>
    /// <param name="ticks">UTC ticks of the hit.</param>
    /// <returns>The finding, or null where the hit must open one.</returns>
    public RuleFinding? Find(FindingKind kind, string? entity, long ticks)
    {
        if (!_open.TryGetValue((kind, entity ?? ""), out RuleFinding? finding))
        {
            return null;
        }

        // A clock that jumped back by years does not bring a hit into the finding either.
        if (ticks - finding.LastTicks <= kind.CoolDown
            && finding.FirstTicks - ticks <= kind.CoolDown + RuleSetCompiler.Lateness)
        {
            return finding;
        }

        Close(finding);
        return null;
    }

    /// <summary>Opens a finding.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="entityType">Name of the field that says whom it is about, or null.</param>
    /// <param name="entity">Whom it is about, or null.</param>
    /// <returns>The finding, or null where there are as many as may be.</returns>
    public RuleFinding? Open(FindingKind kind, string? entityType, string? entity)
    {
        (FindingKind, string) key = (kind, entity ?? "");
        if (_all.Count >= _options.MaximumFindings)
        {
            // Later hits of a finding that was refused are no further findings; but this memory is bounded too.
            if (_refused.Count >= FullFindings)
            {
                _refused.Clear();
            }

            Dropped += _refused.Add(key) ? 1 : 0;
            return null;
        }

        RuleFinding finding = new(kind, entityType, entity, _clock, isBrief: _all.Count >= FullFindings);
        _all.Add(finding);
        _open[key] = finding;
        _queue.Enqueue(finding);
        return finding;
    }

    /// <summary>Closes findings that no hit joined for their time.</summary>
    public void Sweep()
    {
        int looks = Math.Min(_queue.Count, Math.Max(LeastLooks, _queue.Count / LeastLooks));
        for (int look = 0; look < looks; look++)
        {
            RuleFinding finding = _queue.Dequeue();
            long horizon = finding.FindingKind.CoolDown + RuleSetCompiler.Lateness;
            if (finding.IsClosed)
            {
                continue;
            }

            if (_clock.IsPast(finding.LastSource, finding.LastTicks, horizon))
            {
                Close(finding);
            }
            else
            {
                _queue.Enqueue(finding);
            }
        }
    }

    /// <summary>Closes all findings.</summary>
    public void Complete()
    {
        while (_queue.TryDequeue(out RuleFinding? finding))
        {
            if (!finding.IsClosed)
            {
                Close(finding);
            }
        }
    }

    private void Close(RuleFinding finding)
    {
        finding.IsClosed = true;
        _open.Remove((finding.FindingKind, finding.Entity ?? ""));
        _options.OnClosed?.Invoke(finding);
    }
}
