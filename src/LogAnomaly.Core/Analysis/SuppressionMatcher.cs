namespace LogAnomaly.Analysis;

/// <summary>A suppression made ready to be compared with findings.</summary>
internal sealed class SuppressionMatcher
{
    private readonly ValuePattern? _rule;
    private readonly (string Name, ValueTest[] Tests)[] _fields;

    /// <summary>Creates a matcher.</summary>
    /// <param name="suppression">The suppression.</param>
    /// <exception cref="FormatException">A network is none.</exception>
    public SuppressionMatcher(LogSuppression suppression)
    {
        Suppression = suppression;
        _rule = suppression.RuleId is { } rule ? new ValuePattern(rule, ignoresCase: true) : null;
        _fields = [.. suppression.Fields.Select(field => (field.Key, TestsOf(field.Key, field.Value)))];
    }

    /// <summary>The suppression.</summary>
    public LogSuppression Suppression { get; }

    /// <summary>Whether the rule and all fields match a finding, whatever the time.</summary>
    /// <param name="anomaly">The finding.</param>
    /// <returns>Whether they do.</returns>
    public bool Matches(Anomaly anomaly)
    {
        if (_rule is not null && !(anomaly.RuleId is { } id && _rule.IsMatch(id)))
        {
            return false;
        }

        foreach ((string name, ValueTest[] tests) in _fields)
        {
            if (!MatchesAny(tests, AnomalyFields.ValuesOf(anomaly, name)))
            {
                return false;
            }
        }

        return true;
    }

    // Every value that the finding has must match, so that what tells of several files is not hidden for one of them.
    private static bool MatchesAny(ValueTest[] tests, IReadOnlyList<string> values) =>
        values.Count > 0 && values.All(value => Array.Exists(tests, test => test.IsMatch(value)));

    private static ValueTest[] TestsOf(string name, IReadOnlyList<string> values) =>
        [.. values.Select(value => TestOf(name, value))];

    private static ValueTest TestOf(string name, string value)
    {
        bool isAddress = IsAddressField(name);
        if ((isAddress || value.Contains('/', StringComparison.Ordinal))
            && AddressNetwork.TryParse(value, out AddressNetwork network))
        {
            return new ValueTest(network, null);
        }

        if (isAddress && value.Contains('/', StringComparison.Ordinal))
        {
            throw new FormatException(
                $"'{value}' of {name} is no network: an address and the bits of its prefix are needed, such as "
                    + "10.0.0.0/8.");
        }

        return new ValueTest(null, new ValuePattern(value, ignoresCase: !IsCaseSensitive(name)));
    }

    private static bool IsAddressField(string name) => LogFields.TryParse(name, out LogField field)
        ? field is LogField.SourceIP or LogField.DestinationIP
        : name.Equals("Source", StringComparison.OrdinalIgnoreCase);

    // Names of users are told apart by case, as on the hosts that they log in to.
    private static bool IsCaseSensitive(string name) => LogFields.TryParse(name, out LogField field)
        && field is LogField.UserName or LogField.TargetUser or LogField.EffectiveUser;

    private readonly record struct ValueTest(AddressNetwork? Network, ValuePattern? Pattern)
    {
        public bool IsMatch(string value) => Network is { } network ? network.Contains(value) : Pattern!.IsMatch(value);
    }
}
