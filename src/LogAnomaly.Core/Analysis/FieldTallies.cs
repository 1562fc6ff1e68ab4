using System.Globalization;

namespace LogAnomaly.Analysis;

/// <summary>Counts the values of the main fields of events of any kind.</summary>
/// <param name="maximum">Values of a field that are kept apart.</param>
internal sealed class FieldTallies(int maximum)
{
    private const int StatusLimit = 1_000;

    private readonly RecentTally _hosts = new(maximum);
    private readonly RecentTally _programs = new(maximum);
    private readonly RecentTally _actions = new(maximum);
    private readonly RecentTally _sources = new(maximum);
    private readonly RecentTally _users = new(maximum);
    private readonly RecentTally _methods = new(maximum);
    private readonly RecentTally _paths = new(maximum);
    private readonly RecentTally _agents = new(maximum);
    private readonly RecentTally _codes = new(maximum);
    private readonly RecentTally _eventIds = new(maximum);
    private readonly long[] _statuses = new long[StatusLimit];

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="facts">What it says.</param>
    public void Add(LogEvent logEvent, in EventFacts facts)
    {
        _hosts.Add(logEvent.HostName);
        _programs.Add((logEvent as ApacheErrorEvent)?.Module ?? logEvent.Program);
        _sources.Add(facts.Source);
        _users.Add(facts.User);
        switch (logEvent)
        {
            case AccessEvent access:
                _methods.Add(access.Method);
                _paths.Add(access.UrlPath);
                _agents.Add(access.UserAgent);
                _actions.Add(access.Action);
                AddStatus(access.StatusCode);
                break;
            case AuthEvent auth:
                _actions.Add(auth.Action);
                break;
            case SystemEvent:
                _actions.Add(logEvent.GetValue(LogField.Action) as string);
                break;
            default:
                AddFields(logEvent);
                break;
        }
    }

    /// <summary>Requests by the class of their status.</summary>
    /// <returns>Those that there are, from <c>1xx</c>.</returns>
    public NameCount[] ToStatusClasses() =>
    [
        .. Enumerable.Range(1, 5)
            .Select(place => new NameCount(
                FormattableString.Invariant($"{place}xx"), _statuses.AsSpan(place * 100, 100).ToArray().Sum()))
            .Where(entry => entry.Count > 0),
    ];

    /// <summary>What was counted of each field.</summary>
    /// <param name="most">Values that are listed of each.</param>
    /// <returns>The fields that events had.</returns>
    public LogFieldMeasurement[] ToFields(int most)
    {
        ValueTally statuses = new(StatusLimit);
        for (int status = 1; status < StatusLimit; status++)
        {
            if (_statuses[status] > 0)
            {
                statuses.Add(status.ToString(CultureInfo.InvariantCulture), _statuses[status]);
            }
        }

        (LogField Field, ValueTally Tally)[] all =
        [
            (LogField.HostName, _hosts.Close()), (LogField.Program, _programs.Close()),
            (LogField.Action, _actions.Close()), (LogField.SourceIP, _sources.Close()),
            (LogField.UserName, _users.Close()), (LogField.StatusCode, statuses), (LogField.Method, _methods.Close()),
            (LogField.UrlPath, _paths.Close()), (LogField.UserAgent, _agents.Close()),
            (LogField.ErrorCode, _codes.Close()), (LogField.EventId, _eventIds.Close()),
        ];
        return
        [
            .. all.Where(entry => entry.Tally.Distinct > 0).Select(entry => ToField(entry.Field, entry.Tally, most)),
        ];
    }

    private static LogFieldMeasurement ToField(LogField field, ValueTally tally, int most)
    {
        IReadOnlyList<NameCount> top = tally.Top(most);

        // A value is listed once: what is among the most frequent is not rare, however seldom it is.
        HashSet<string> listed = [.. top.Select(entry => entry.Name)];
        NameCount[] rare =
            [.. tally.Rare(2 * most, top[0].Count).Where(entry => !listed.Contains(entry.Name)).Take(most)];
        return new LogFieldMeasurement(field.ToString(), tally.Total, tally.Distinct, top, rare);
    }

    private void AddStatus(int? status)
    {
        if (status is > 0 and < StatusLimit)
        {
            _statuses[status.Value]++;
        }
    }

    private void AddFields(LogEvent logEvent)
    {
        _actions.Add(logEvent.GetValue(LogField.Action) as string);
        _codes.Add(logEvent.GetValue(LogField.ErrorCode) as string);
        AddStatus(logEvent.GetValue(LogField.StatusCode) as int?);
        if (logEvent is RecordEvent)
        {
            _methods.Add(logEvent.GetValue(LogField.Method) as string);
            _paths.Add(logEvent.GetValue(LogField.UrlPath) as string);
            _agents.Add(logEvent.GetValue(LogField.UserAgent) as string);
        }

        if (logEvent.GetValue(LogField.EventId) is { } id)
        {
            _eventIds.Add(Convert.ToString(id, CultureInfo.InvariantCulture));
        }
    }
}
