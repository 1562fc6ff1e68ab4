using System.Globalization;
using LogAnomaly.Analysis;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;
using LogAnomaly.Synthesis;

namespace LogAnomaly.Benchmarks;

/// <summary>
/// How many incidents of the synthetic scenarios raise an alarm, how many alarms belong to none, and the same on quiet
/// weeks. An alarm is a finding of at least Medium. It belongs to an incident if it names a line of it, or is about one
/// of its sources or users at its time; a silence, which has no lines, is found by an alarm about its host or log that
/// begins or ends with it. Several alarms about one incident count once; each of the others is false.
/// </summary>
internal static class ScenarioTable
{
    private static readonly TimeSpan s_before = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_after = TimeSpan.FromMinutes(30);

    private static readonly SyntheticLogType[] s_types = Enum.GetValues<SyntheticLogType>();

    /// <summary>Prints the tables.</summary>
    /// <param name="run">How they are made.</param>
    public static void Print(ScenarioRun run)
    {
        RuleSet rules = RuleSet.Compile(BuiltInRules.Load().Rules);
        List<ScenarioRow> rows = [];
        Console.WriteLine(
            $"Detectors: {run.Detectors}; seeds {run.FirstSeed} to {run.FirstSeed + run.Seeds - 1}; seven days a log, every scenario of its type once.");
        Console.WriteLine();
        Console.WriteLine("| difficulty | incidents | found | false alarms | precision | recall | F1 |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (SyntheticDifficulty difficulty in Enum.GetValues<SyntheticDifficulty>())
        {
            ScenarioScore score = new();
            foreach ((SyntheticLogType type, int seed) in Logs(run))
            {
                Judge(Options(type, difficulty, seed, SyntheticScenario.All), rules, run, score, rows);
            }

            Console.WriteLine(FormattableString.Invariant(
                $"| {difficulty} | {score.Incidents} | {score.Found} | {score.False} | {score.Precision:0.000} | {score.Recall:0.000} | {score.F1:0.000} |"));
        }

        PrintScenarios(rows);
        PrintQuiet(run, rules, rows);
    }

    private static IEnumerable<(SyntheticLogType Type, int Seed)> Logs(ScenarioRun run) =>
        from type in s_types from seed in Enumerable.Range(run.FirstSeed, run.Seeds) select (type, seed);

    private static SyntheticLogOptions Options(
        SyntheticLogType type, SyntheticDifficulty difficulty, int seed, SyntheticScenario scenario) => new()
        {
            Type = type, Difficulty = difficulty, Seed = seed, Scenarios = [scenario],
        };

    private static void PrintScenarios(List<ScenarioRow> rows)
    {
        Console.WriteLine();
        Console.WriteLine(
            "| scenario | type | found easy | medium | hard | raised by | expected rules that fired, of any severity: easy | medium | hard |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (IGrouping<(SyntheticScenario, SyntheticLogType), ScenarioRow> group in rows
            .GroupBy(row => (row.Incident.Scenario, row.Type)))
        {
            string[] found = [.. Each(group, part => $"{part.Count(row => row.IsFound)}/{part.Length}")];
            string[] fired = [.. Each(group, Fired)];
            (SyntheticScenario scenario, SyntheticLogType type) = group.Key;
            IEnumerable<string> raised = group.SelectMany(row => row.Alarms).GroupBy(name => name)
                .OrderByDescending(names => names.Count())
                .ThenBy(names => names.Key, StringComparer.Ordinal)
                .Select(names => $"{names.Key} {names.Count()}");
            Console.WriteLine(
                $"| {scenario} | {type} | {string.Join(" | ", found)} | {string.Join(", ", raised)} | {string.Join(" | ", fired)} |");
        }
    }

    private static IEnumerable<string> Each(IEnumerable<ScenarioRow> rows, Func<ScenarioRow[], string> tell) =>
        Enum.GetValues<SyntheticDifficulty>()
            .Select(difficulty => tell([.. rows.Where(row => row.Incident.Difficulty == difficulty)]));

    private static string Fired(ScenarioRow[] rows) => rows.Length == 0 || rows[0].Incident.Rules.Count == 0
        ? "-"
        : string.Join(", ", rows[0].Incident.Rules.Select(
            id => string.Create(
                CultureInfo.InvariantCulture, $"{id} {rows.Count(row => row.Fired.Contains(id))}/{rows.Length}")));

    private static void PrintQuiet(ScenarioRun run, RuleSet rules, List<ScenarioRow> rows)
    {
        Console.WriteLine();
        Console.WriteLine("False alarms on seven quiet days, mean of a log (most of one):");
        Console.WriteLine("| type | easy | medium | hard |");
        Console.WriteLine("|---|---|---|---|");
        foreach (SyntheticLogType type in s_types)
        {
            List<string> cells = [];
            foreach (SyntheticDifficulty difficulty in Enum.GetValues<SyntheticDifficulty>())
            {
                List<int> alarms = [];
                foreach (int seed in Enumerable.Range(run.FirstSeed, run.Seeds))
                {
                    ScenarioScore score = new();
                    Judge(Options(type, difficulty, seed, SyntheticScenario.None), rules, run, score, rows);
                    alarms.Add(score.False);
                }

                cells.Add(FormattableString.Invariant($"{alarms.Average():0.0} ({alarms.Max()})"));
            }

            Console.WriteLine($"| {type} | {string.Join(" | ", cells)} |");
        }
    }

    private static void Judge(
        SyntheticLogOptions options, RuleSet rules, ScenarioRun run, ScenarioScore score, List<ScenarioRow> rows)
    {
        List<SyntheticIncident> incidents = [];
        long lines = LogSynthesizer.Generate(options, incidents.Add).LongCount();
        LogAnalyzer analyzer = new(new AnalysisOptions { Rules = rules, Detectors = run.Detectors, KeepCube = false });
        foreach (LogEvent logEvent in LogSynthesizer.GenerateEvents(options))
        {
            analyzer.Add(logEvent);
        }

        IReadOnlyList<Anomaly> findings = analyzer.Complete().Anomalies;
        HashSet<Anomaly> wanted = [];
        foreach (SyntheticIncident incident in incidents)
        {
            Anomaly[] about = [.. findings.Where(finding => Belongs(finding, incident))];
            wanted.UnionWith(about);
            ScenarioRow row = new(
                options.Type,
                incident,
                [.. about.Where(IsAlarm).Select(finding => finding.RuleId ?? finding.Detector).Distinct()],
                [.. about.Select(finding => finding.RuleId).OfType<string>()]);
            rows.Add(row);
            score.Add(row);
            if (run.HasDetails && !row.IsFound)
            {
                Console.WriteLine(
                    $"    missed: {options.Type} {options.Difficulty} seed {options.Seed} {incident.Id} at {incident.Start:ddd HH:mm}");
            }
        }

        foreach (Anomaly finding in findings.Where(finding => IsAlarm(finding) && !wanted.Contains(finding)))
        {
            score.False++;
            if (run.HasDetails)
            {
                Console.WriteLine(
                    $"    false: {options.Type} {options.Difficulty} seed {options.Seed} of {lines} lines, {options.Scenarios![0]}: "
                        + $"{finding.RuleId ?? finding.Detector} {finding.Severity} {finding.Timestamp:ddd HH:mm} {finding.Entity} {finding.Evidence[0].Raw}");
            }
        }
    }

    private static bool IsAlarm(Anomaly finding) => finding.Severity >= Severity.Medium;

    private static bool Belongs(Anomaly finding, SyntheticIncident incident)
    {
        if (incident.Lines.Count == 0)
        {
            // It is told by the first line after it, or while it lasts by what did not come.
            bool isAboutLog = finding.EntityType is "HostName" or "Path" or "Program" or "Command" or null;
            bool isOfHost = finding.HostName is not { } host || incident.Entities.Any(entity => entity.Value == host);
            return isAboutLog && isOfHost && Touches(finding, incident.Start, incident.End);
        }

        HashSet<long> lines = [.. incident.Lines];
        if (finding.Evidence.Any(evidence => evidence.LineNumber is { } line && lines.Contains(line)))
        {
            return true;
        }

        return Touches(finding, incident.Start, incident.End)
            && incident.Entities.Any(entity =>
                entity.Type is "SourceIP" or "UserName" && entity.Value == finding.Entity);
    }

    private static bool Touches(Anomaly finding, DateTimeOffset start, DateTimeOffset end) =>
        finding.Timestamp is { } first && first <= end + s_after && (finding.LastSeen ?? first) >= start - s_before;
}

/// <summary>An incident and what became of it.</summary>
/// <param name="Type">Kind of the log.</param>
/// <param name="Incident">The incident.</param>
/// <param name="Alarms">Rules and detectors that raised an alarm about it.</param>
/// <param name="Fired">Ids of the rules that fired about it, with any severity.</param>
internal sealed record ScenarioRow(
    SyntheticLogType Type, SyntheticIncident Incident, IReadOnlyList<string> Alarms, IReadOnlyList<string> Fired)
{
    /// <summary>Whether an alarm belongs to it.</summary>
    public bool IsFound => Alarms.Count > 0;
}
