using System.Globalization;
using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.Benchmarks;

/// <summary>
/// From the first failed login of a source to the first finding about it, by the gap between its tries: ours, run on a
/// log made for it, beside what the defaults of others give for the same times.
/// </summary>
internal static class LatencyTable
{
    private const int Tries = 400;
    private const string Source = "203.0.113.7";

    private static readonly double[] s_gaps =
    [
        0.5, 1, 2, 5, 8, 10, 11, 12, 15, 20, 30, 45, 60, 61, 90, 120, 150, 151, 300, 599, 600, 601, 900, 1200, 1500,
        1800,
    ];

    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Prints the table.</summary>
    public static void Print()
    {
        RuleSet rules = RuleSet.Compile(BuiltInRules.Load().Rules);
        Console.WriteLine("Seconds from the first failed login to the finding; - where there is none in 400 tries.");
        Console.WriteLine(
            "| gap s | LogAnomaly | rule | fail2ban 5/600 s | CrowdSec ssh-bf, slow-bf, time-based | Wazuh 8/120 s | Elastic 10/15 s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (double gap in s_gaps)
        {
            double[] times = [.. Enumerable.Range(0, Tries).Select(i => i * gap)];
            (double? ours, string rule) = Ours(rules, times);
            Console.WriteLine(
                $"| {Text(gap)} | {Text(ours)} | {rule} | {Text(Window(times, 5, 600))} | {Text(CrowdSec(times))} | {Text(Window(times, 8, 120))} | {Text(Window(times, 10, 15))} |");
        }

        Console.WriteLine();
        Console.WriteLine("One try from each of so many addresses on one account, a minute apart:");
        foreach (int addresses in new[] { 5, 10, 20, 30 })
        {
            Console.WriteLine($"{addresses}: {Spread(rules, addresses)}");
        }
    }

    private static string Text(double? seconds) => seconds?.ToString("0.#", CultureInfo.InvariantCulture) ?? "-";

    private static (double? Seconds, string Rule) Ours(RuleSet rules, double[] times)
    {
        StringBuilder log = new();
        foreach (double time in times)
        {
            log.Append(Line(time, Source, "deploy"));
        }

        (double? seconds, string rule) first = (null, "");
        Run(rules, log.ToString(), (finding, now) =>
        {
            if (first.seconds is null && finding.Entity == Source)
            {
                first = ((now - s_start).TotalSeconds, finding.Rule.Id);
            }
        });
        return first;
    }

    private static string Spread(RuleSet rules, int addresses)
    {
        StringBuilder log = new();
        for (int i = 0; i < addresses; i++)
        {
            log.Append(Line(60 * i, FormattableString.Invariant($"198.51.100.{i + 1}"), "deploy"));
        }

        string found = "nothing";
        Run(rules, log.ToString(), (finding, now) => found = found == "nothing"
            ? FormattableString.Invariant(
                $"{finding.Rule.Id} about {finding.Entity} after {(now - s_start).TotalSeconds} s")
            : found);
        return found;
    }

    private static void Run(RuleSet rules, string log, Action<RuleFinding, DateTimeOffset> opened)
    {
        DateTimeOffset now = default;
        RuleEngine engine = new(rules, new RuleEngineOptions { OnOpened = finding => opened(finding, now) });
        LogReader reader = new(new LogReaderOptions { Threads = 1, TimeZone = TimeZoneInfo.Utc });
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(log));
        foreach (LogEvent logEvent in reader.ReadStream(stream, "(tries)"))
        {
            now = logEvent.Timestamp!.Value;
            engine.Add(logEvent);
        }

        engine.Complete();
    }

    private static string Line(double time, string source, string user) => string.Create(
        CultureInfo.InvariantCulture,
        $"{s_start.AddSeconds(time):yyyy-MM-ddTHH:mm:ss.ffffffzzz} web1 sshd[{2000 + (int)(time % 30_000)}]: Failed password for {user} from {source} port 40022 ssh2\n");

    // fail2ban's jail defaults, Wazuh's frequency and timeframe (rules 5712, 5720), Elastic's threshold rule: so many
    // in a window.
    private static double? Window(double[] times, int count, double span)
    {
        for (int i = count - 1; i < times.Length; i++)
        {
            if (times[i] - times[i - count + 1] <= span)
            {
                return times[i];
            }
        }

        return null;
    }

    // ssh-bf: capacity 5, one leaks in 10 s; ssh-slow-bf: 10 and 60 s; ssh-time-based-bf: from the third on, where the
    // median of the last two gaps exceeds 5 minutes and none 2 hours (crowdsecurity/hub, scenarios).
    private static double? CrowdSec(double[] times)
    {
        double?[] all =
            [Leaky(times, 5, 10), Leaky(times, 10, 60), times[1] - times[0] is > 300 and < 7200 ? times[2] : null];
        return all.Min();
    }

    private static double? Leaky(double[] times, int capacity, double leak)
    {
        double level = 0;
        double last = times[0];
        foreach (double time in times)
        {
            level = Math.Max(0, level - ((time - last) / leak)) + 1;
            last = time;
            if (level > capacity)
            {
                return time;
            }
        }

        return null;
    }
}
