namespace LogAnomaly.Analysis;

/// <summary>How many logins from each source have failed since one last succeeded.</summary>
internal sealed class SessionStreaks
{
    private static readonly long s_longestPause = TimeSpan.FromDays(1).Ticks;

    private readonly Dictionary<string, Streak> _bySource = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _most;

    /// <summary>Creates the counts.</summary>
    /// <param name="most">Sources that are kept at a time.</param>
    public SessionStreaks(int most) => _most = most;

    /// <summary>
    /// Takes a failure. An ssh server tells of one refused try on several lines: that the user is not valid, that the
    /// password failed, that there were too many. What its process says again of the same user without a method of its
    /// own is no further try.
    /// </summary>
    /// <param name="act">What the event says; it names a source.</param>
    /// <param name="source">The source.</param>
    /// <returns>Failures of the source without a success between them, or 0 where the event tells of no further
    /// try.</returns>
    public long Fail(in SessionAct act, string source)
    {
        Streak? before = Find(source, act.Ticks);
        bool hasMethod = act.Text(LogField.Method) is not null;
        bool isSame = before is not null && act.Event.ProcessId is { } process && process == before.ProcessId
            && act.UserName == before.UserName;
        bool isAgain = isSame && (!hasMethod || !before!.HadMethod); // The same as one that is there.
        long failures = (before?.Failures ?? 0) + (isAgain ? 0 : act.Count);
        if (_bySource.Count >= _most && !_bySource.ContainsKey(source))
        {
            Forget(act.Ticks);
        }

        if (_bySource.Count < _most || _bySource.ContainsKey(source))
        {
            _bySource[source] = new Streak(failures, act.Ticks, act.Event.ProcessId, act.UserName, hasMethod);
        }

        return isAgain ? 0 : failures;
    }

    /// <summary>Takes a success, which ends the count of its source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="ticks">UTC ticks of its time, or -1.</param>
    /// <returns>The failures before it.</returns>
    public long Succeed(string source, long ticks)
    {
        long before = Find(source, ticks)?.Failures ?? 0;
        _bySource.Remove(source);
        return before;
    }

    private Streak? Find(string source, long ticks) =>
        _bySource.TryGetValue(source, out Streak? streak)
            && (ticks < 0 || streak.Last < 0 || Math.Abs(ticks - streak.Last) <= s_longestPause)
            ? streak
            : null;

    private void Forget(long ticks)
    {
        foreach ((string source, Streak streak) in _bySource)
        {
            if (Math.Abs(ticks - streak.Last) > s_longestPause)
            {
                _bySource.Remove(source);
            }
        }
    }

    private sealed record Streak(long Failures, long Last, int? ProcessId, string? UserName, bool HadMethod);
}
