namespace LogAnomaly.Rules;

/// <summary>
/// How events of one kind find the rules that may match them: values that are looked up, literals that are sought, and
/// the rules that need neither and are tried on every event.
/// </summary>
internal sealed class KindPlan
{
    private const string TargetKey = "(target)";
    private const string MessageKey = "(message)";
    private const string LineKey = "(line)";

    private readonly DetectionSplit?[] _splits;

    private KindPlan(LogKind kind, KeyTable[] keys, LiteralScan[] scans, int[] always, DetectionSplit?[] splits)
    {
        _splits = splits;
        IsOfShape = [.. keys.Select(key => EventShape.Tells(kind, key.Field))];

        Keys = keys;
        Scans = scans;
        Always = always;
        RuleCount = splits.Count(split => split is not null);
    }

    /// <summary>Values that are looked up.</summary>
    public KeyTable[] Keys { get; }

    /// <summary>Whether the shape of an event tells what it has in each table of values.</summary>
    public bool[] IsOfShape { get; }

    /// <summary>Literals that are sought.</summary>
    public LiteralScan[] Scans { get; }

    /// <summary>Rules that are tried on every event of the kind.</summary>
    public int[] Always { get; }

    /// <summary>Rules that may match an event of the kind.</summary>
    public int RuleCount { get; }

    /// <summary>Makes the plan of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="rules">All rules.</param>
    /// <returns>The plan.</returns>
    public static KindPlan Of(LogKind kind, IReadOnlyList<CompiledDetection> rules)
    {
        Prefilter prefilter = new(kind);
        List<(Atom Atom, int Rule)> atoms = [];
        List<int> always = [];
        DetectionSplit?[] splits = new DetectionSplit?[rules.Count];
        for (int i = 0; i < rules.Count; i++)
        {
            if (!rules[i].MayMatch(kind))
            {
                continue;
            }

            splits[i] = rules[i].SplitFor(kind);
            AtomSet? set = prefilter.Of(rules[i].Rule.Condition!);
            if (set is null)
            {
                always.Add(i);
            }

            atoms.AddRange((set?.Atoms ?? []).Select(atom => (atom, i)));
        }

        return new KindPlan(kind, MakeKeys(atoms), MakeScans(kind, atoms), [.. always], splits);
    }

    /// <summary>A rule in two parts.</summary>
    /// <param name="rule">Index of a rule that may match an event of the kind.</param>
    /// <returns>The parts.</returns>
    public DetectionSplit SplitOf(int rule) => _splits[rule]!;

    private static KeyTable[] MakeKeys(List<(Atom Atom, int Rule)> atoms) =>
    [
        .. atoms.Where(entry => entry.Atom.IsWhole).GroupBy(entry => entry.Atom.Field!.Key, StringComparer.Ordinal)
            .Select(group =>
                new KeyTable(group.First().Atom.Field!, group.Select(entry => (entry.Atom.Text, entry.Rule)))),
    ];

    private static LiteralScan[] MakeScans(LogKind kind, List<(Atom Atom, int Rule)> atoms)
    {
        Dictionary<string, (ScanPart Part, RuleField? Field, LiteralAutomatonBuilder Builder)> scans = new(
            StringComparer.Ordinal);
        bool hasLine = atoms.Exists(entry => entry.Atom.Field is null);
        foreach ((Atom atom, int rule) in atoms.Where(entry => !entry.Atom.IsWhole))
        {
            foreach ((string key, ScanPart part) in PartsOf(kind, atom.Field, hasLine))
            {
                if (!scans.TryGetValue(
                    key, out (ScanPart Part, RuleField? Field, LiteralAutomatonBuilder Builder) scan))
                {
                    scan = (part, atom.Field, new LiteralAutomatonBuilder());
                    scans.Add(key, scan);
                }

                scan.Builder.Add(atom.Text, rule);
            }
        }

        return [.. scans.Values.Select(scan => new LiteralScan(scan.Part, scan.Field, scan.Builder.Build()))];
    }

    private static IEnumerable<(string Key, ScanPart Part)> PartsOf(LogKind kind, RuleField? field, bool hasLine)
    {
        if (field is null)
        {
            return kind == LogKind.Access
                ?
                [
                    (TargetKey, ScanPart.Target), (nameof(ScanPart.Referrer), ScanPart.Referrer),
                    (nameof(ScanPart.UserAgent), ScanPart.UserAgent), (LineKey, ScanPart.RestOfRequest),
                ]
                : [(LineKey, ScanPart.Line)];
        }

        if (kind == LogKind.Access && field.Name != nameof(LogField.Raw))
        {
            if (LiteralField.IsOfUrl(field))
            {
                return [(TargetKey, ScanPart.Target)];
            }

            if (field.Field is LogField.Referrer or LogField.UserAgent && field.IsPlain)
            {
                return field.Field == LogField.Referrer
                    ? [(nameof(ScanPart.Referrer), ScanPart.Referrer)]
                    : [(nameof(ScanPart.UserAgent), ScanPart.UserAgent)];
            }
        }

        if (field is not { Field: LogField.Message, IsPlain: true } || kind == LogKind.Windows)
        {
            return [(field.Key, ScanPart.Field)];
        }

        // A message is a part of its line, so where the line is read anyway, once is enough.
        return hasLine
            && (kind is LogKind.Authentication or LogKind.System or LogKind.ApacheError or LogKind.NginxError)
            ? [(LineKey, ScanPart.Line)]
            : [(MessageKey, ScanPart.Message)];
    }
}
