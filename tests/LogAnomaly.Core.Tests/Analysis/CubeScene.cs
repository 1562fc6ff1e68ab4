using System.Globalization;
using System.Text;
using LogAnomaly.Analysis;
using LogAnomaly.Templates;

namespace LogAnomaly.Tests.Analysis;

/// <summary>
/// Events of a web server and of logins, made by a seed, and what a plain count over them says of a cube.
/// </summary>
internal sealed class CubeScene
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_agents =
        ["curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64)", "-", "python-requests/2.31"];
    private static readonly int[] s_statuses = [200, 200, 200, 301, 404, 500];

    private CubeScene(List<LogEvent> events) => Events = events;

    /// <summary>The events; those of a built cube have their templates.</summary>
    public List<LogEvent> Events { get; }

    /// <summary>Makes events.</summary>
    public static CubeScene Make(int seed, int count, int sources = 250, int hours = 30)
    {
        Random random = new(seed);
        StringBuilder access = new();
        StringBuilder auth = new();
        for (int line = 0; line < count; line++)
        {
            DateTimeOffset time = s_start.AddSeconds(hours * 3600.0 * line / count);
            string address = FormattableString.Invariant($"198.51.{Skewed(random, 40)}.{Skewed(random, sources)}");
            if (random.Next(3) == 0)
            {
                auth.Append(
                    CultureInfo.InvariantCulture,
                    $"{time:MMM dd HH:mm:ss} web{random.Next(3)} sshd[{random.Next(900, 999)}]: ")
                    .Append(random.Next(8) == 0 ? "Accepted" : "Failed")
                    .Append(
                        CultureInfo.InvariantCulture,
                        $" password for user{Skewed(random, 60)} from {address} port {random.Next(1024, 60000)} ssh2\n");
                continue;
            }

            access.Append(
                CultureInfo.InvariantCulture,
                $"{address} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /page/{(char)('a' + Skewed(random, 26))}")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{Skewed(random, 9)}{(random.Next(2) == 0 ? "?id=" + random.Next(99) : "")} HTTP/1.1\" ")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{s_statuses[random.Next(s_statuses.Length)]} {random.Next(90_000)} \"-\" \"{s_agents[Skewed(random, 4)]}\"\n");
        }

        List<LogEvent> events = [.. Samples.Read(access.ToString(), out _), .. Samples.Read(auth.ToString(), out _)];
        return new CubeScene([.. events.OrderBy(logEvent => logEvent.UtcTicks).ThenBy(logEvent => logEvent.Kind)]);
    }

    /// <summary>The same events in another order.</summary>
    public CubeScene Shuffled(int seed)
    {
        LogEvent[] events = [.. Events];
        new Random(seed).Shuffle(events);
        return new CubeScene([.. events]);
    }

    /// <summary>Counts the events.</summary>
    public CubeBuilder Count(CubeBuilder builder)
    {
        TemplateMiner miner = new();
        foreach (LogEvent logEvent in Events)
        {
            miner.Add(logEvent);
            builder.Add(logEvent);
        }

        miner.Complete();
        return builder;
    }

    /// <summary>The value that an event has in a dimension; empty for none.</summary>
    public static string ValueOf(LogEvent logEvent, string dimension) => dimension switch
    {
        "kind" => logEvent.Kind.ToString(),
        "level" => logEvent.Level?.ToString() ?? "",
        "outcome" => logEvent.GetValue(LogField.Outcome) is Outcome outcome and not Outcome.Unknown
            ? outcome.ToString()
            : "",
        "host" => logEvent.HostName ?? "",
        "program" => logEvent.Program ?? "",
        "source" => logEvent.GetValue(LogField.SourceIP) as string ?? "",
        "country" => CountryOf(logEvent.GetValue(LogField.SourceIP) as string ?? "") ?? "",
        "user" => logEvent.GetValue(LogField.UserName) as string ?? "",
        "action" => logEvent.GetValue(LogField.Action) as string ?? "",
        "template" => logEvent.TemplateId ?? "",
        "path" => logEvent.GetValue(LogField.UrlPath) as string ?? "",
        "status" => logEvent.GetValue(LogField.StatusCode) is int status
            ? status.ToString(CultureInfo.InvariantCulture)
            : "",
        "agent" => logEvent.GetValue(LogField.UserAgent) as string ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No dimension."),
    };

    /// <summary>A country for a test: by the last digit of the address.</summary>
    public static string? CountryOf(string source) => source.Length == 0 ? null : (source[^1] % 4) switch
    {
        0 => "DE",
        1 => "FR",
        2 => "(Unknown)",
        _ => null,
    };

    /// <summary>Step of an event in a cube, -1 for none.</summary>
    public static int StepOf(LogCube cube, LogEvent logEvent)
    {
        if (cube.Start is not { } start || logEvent.UtcTicks < 0)
        {
            return -1;
        }

        long ticks = logEvent.UtcTicks - start.UtcTicks;
        return ticks < 0 || ticks >= cube.Step.Ticks * cube.Steps ? -1 : (int)(ticks / cube.Step.Ticks);
    }

    /// <summary>Asserts that every table counts all events once, in order of time.</summary>
    public void AssertSums(LogCube cube)
    {
        Assert.All(cube.Tables, table =>
        {
            Assert.Equal(Events.Count, table.Counts.Sum());
            Assert.Equal(table.Steps.Order(), table.Steps);
            Assert.All(table.Codes, column => Assert.Equal(table.Counts.Count, column.Count));
        });
        Assert.Equal(cube.Dimensions.Count, cube.Tables[0].Dimensions.Count);
        if (cube.Tables[0].Bytes is { } bytes)
        {
            Assert.Equal(Events.OfType<AccessEvent>().Sum(access => access.BytesSent ?? 0), bytes.Sum());
        }
    }

    /// <summary>Asserts that each value that a table breaks down has all of its events there, in their steps.</summary>
    public void AssertValuesAreWhole(LogCube cube)
    {
        foreach (CubeTable table in cube.Tables)
        {
            for (int column = 0; column < table.Dimensions.Count; column++)
            {
                CubeDimension dimension = cube.Dimensions[table.Dimensions[column]];
                Dictionary<(string, int), long> told = [];
                for (int row = 0; row < table.Counts.Count; row++)
                {
                    int code = table.Codes[column][row];
                    if (code != 1)
                    {
                        (string, int) key = (dimension.Values[code], table.Steps[row]);
                        told[key] = told.GetValueOrDefault(key) + table.Counts[row];
                    }
                }

                HashSet<string> values = [.. told.Keys.Select(key => key.Item1)];
                Dictionary<(string, int), long> counted = Events
                    .GroupBy(logEvent => (ValueOf(logEvent, dimension.Name), StepOf(cube, logEvent)))
                    .Where(group => values.Contains(group.Key.Item1))
                    .ToDictionary(group => group.Key, group => group.LongCount());
                Assert.Equal(counted.OrderBy(Text), told.OrderBy(Text));
            }
        }

        static string Text(KeyValuePair<(string, int), long> pair) => pair.ToString();
    }

    private static int Skewed(Random random, int count) => (int)(count * Math.Pow(random.NextDouble(), 3));
}
