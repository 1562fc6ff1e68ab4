using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LogAnomaly.Numerics;
using LogAnomaly.Parsing;
using LogAnomaly.Synthesis;
using Xunit;

namespace LogAnomaly.Tests.Synthesis;

public sealed partial class LogSynthesizerTests
{
    // A log of type System is made with scenarios only, which have tests of their own.
    private static readonly SyntheticLogType[] s_types =
        [SyntheticLogType.ApacheError, SyntheticLogType.Access, SyntheticLogType.Auth];

    public static TheoryData<SyntheticLogType> Types => new(s_types);

    [Theory]
    [MemberData(nameof(Types))]
    public void Equal_options_give_equal_lines_and_another_seed_gives_others(SyntheticLogType type)
    {
        SyntheticLogOptions options = new() { Type = type, Count = 600, AnomalyRate = 0.05 };
        Assert.Equal(LogSynthesizer.Generate(options), LogSynthesizer.Generate(options with { }));
        Assert.NotEqual(
            LogSynthesizer.Generate(options).Select(line => line.Text),
            LogSynthesizer.Generate(options with { Seed = 2 }).Select(line => line.Text));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_sequence_read_twice_gives_the_same_lines(SyntheticLogType type)
    {
        IEnumerable<SyntheticLine> lines =
            LogSynthesizer.Generate(new SyntheticLogOptions { Type = type, Count = 200 });
        Assert.Equal(lines.ToArray(), lines.ToArray());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Counts_are_exact_and_times_in_order_for_any_options(SyntheticLogType type)
    {
        SeededRandom random = new(2026);
        for (int run = 0; run < 150; run++)
        {
            SyntheticLogOptions options = new()
            {
                Type = type,
                Count = run < 20 ? run + 1 : random.NextInt(1, 3000),
                AnomalyRate = run % 10 == 0 ? 0.5 : 0.5 * random.NextDouble(),
                Seed = random.NextInt(int.MaxValue) - (1 << 30),
                Start = new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.FromMinutes(15 * random.NextInt(-48, 56)))
                    .AddMinutes(random.NextInt(600_000)),
            };
            List<SyntheticLine> lines = LogSynthesizer.Generate(options).ToList();
            Assert.Equal(options.Count, lines.Count);
            int expected = (int)Math.Round(options.Count * options.AnomalyRate, MidpointRounding.AwayFromZero);
            Assert.Equal(expected, lines.Count(line => line.Label is not null));
            Assert.True(lines[0].Timestamp >= options.Start.AddSeconds(-1));
            for (int index = 1; index < lines.Count; index++)
            {
                Assert.True(lines[index].Timestamp >= lines[index - 1].Timestamp, $"{options} line {index + 1}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_stamp_in_the_line_is_the_time_of_the_line(SyntheticLogType type)
    {
        TimeSpan offset = TimeSpan.FromHours(-3.5);
        SyntheticLogOptions options = new()
        {
            Type = type, Count = 2000, AnomalyRate = 0.1, Start = new DateTimeOffset(2025, 12, 29, 5, 0, 0, offset),
        };
        foreach (SyntheticLine line in LogSynthesizer.Generate(options))
        {
            LogClock clock = new(TimeZoneInfo.CreateCustomTimeZone("test", offset, null, null), line.Timestamp);
            ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(line.Text);
            DateTimeOffset stamp;
            bool isRead = type switch
            {
                SyntheticLogType.Access => Timestamps.TryReadCommonLog(text[(text.IndexOf((byte)'[') + 1)..], clock,
                    out stamp, out _),
                SyntheticLogType.Auth => Timestamps.TryReadRfc3164(text, clock, out stamp, out _),
                _ => Timestamps.TryReadApacheError(text[1..], clock, out stamp, out _),
            };
            Assert.True(isRead, line.Text);
            Assert.Equal(line.Timestamp, stamp);
            Assert.Equal(offset, stamp.Offset);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_address_is_of_a_range_for_documentation_or_private_use_and_every_name_under_example(
        SyntheticLogType type)
    {
        SyntheticLogOptions options = new() { Type = type, Count = 20_000, AnomalyRate = 0.2 };
        int found = 0;
        foreach (SyntheticLine line in LogSynthesizer.Generate(options))
        {
            // Versions in user agents look like addresses.
            string text = type == SyntheticLogType.Access ? line.Text[..line.Text.LastIndexOf(" \"",
                StringComparison.Ordinal)] : line.Text;
            foreach (string address in AddressesIn(text))
            {
                found++;
                Assert.True(IsReserved(IPAddress.Parse(address)), line.Text);
            }

            foreach (Match host in Hosts().Matches(line.Text))
            {
                Assert.True(ExampleHost().IsMatch(host.Groups[1].Value) || IPAddress.TryParse(host.Groups[1].Value,
                    out _), line.Text);
            }
        }

        Assert.True(found > 1000);
    }

    [Theory]
    [InlineData(SyntheticLogType.Access, 1.5)]
    [InlineData(SyntheticLogType.ApacheError, 1.5)]
    [InlineData(SyntheticLogType.Auth, 1.05)]
    public void Days_are_busier_than_nights_and_workdays_than_weekends(SyntheticLogType type, double factor)
    {
        SyntheticLogOptions options = new() { Type = type, Count = 14_000, AnomalyRate = 0.0 };
        List<SyntheticLine> lines = LogSynthesizer.Generate(options).ToList();
        int day = lines.Count(line => line.Timestamp.Hour is >= 9 and < 15);
        int night = lines.Count(line => line.Timestamp.Hour < 6);
        int weekend = lines.Count(line => line.Timestamp.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.True(day > factor * 1.2 * night, $"{day} by day, {night} by night");
        Assert.True((lines.Count - weekend) / 5.0 > factor * weekend / 2.0 / 1.1,
            $"{weekend} of {lines.Count} at weekends");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_log_spans_about_the_days_that_are_documented(SyntheticLogType type)
    {
        int perDay = type == SyntheticLogType.Auth ? 500 : 300;
        foreach ((int count, double days) in new[] { (7 * perDay, 7.0), (14 * perDay, 14.0), (100_000, 14.0) })
        {
            SyntheticLine last = LogSynthesizer.Generate(new SyntheticLogOptions { Type = type, Count = count }).Last();
            double span = (last.Timestamp - new SyntheticLogOptions().Start).TotalDays;
            Assert.InRange(span, 0.75 * days, 1.3 * days);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_kind_of_incident_is_planted_and_at_least_five(SyntheticLogType type)
    {
        SyntheticLogOptions options = new() { Type = type, Count = 8000, AnomalyRate = 0.05 };
        string[] labels =
            LogSynthesizer.Generate(options).Select(line => line.Label).OfType<string>().Distinct().ToArray();
        string[] known =
            typeof(SyntheticLabel).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToArray();
        int expected = type switch { SyntheticLogType.Access => 9, SyntheticLogType.Auth => 7, _ => 8 };
        Assert.Equal(expected, labels.Length);
        Assert.Subset(known.ToHashSet(), labels.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Even_a_small_share_of_anomalies_is_of_several_kinds(SyntheticLogType type)
    {
        IEnumerable<SyntheticLine> lines =
            LogSynthesizer.Generate(new SyntheticLogOptions { Type = type, Count = 3000 });
        Assert.True(lines.Select(line => line.Label).OfType<string>().Distinct().Count() >= 4);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Anomalies_are_spread_over_the_log(SyntheticLogType type)
    {
        SyntheticLogOptions options = new() { Type = type, Count = 10_000, AnomalyRate = 0.1 };
        bool[] marks = LogSynthesizer.Generate(options).Select(line => line.Label is not null).ToArray();
        for (int part = 0; part < 5; part++)
        {
            Assert.InRange(marks[(part * 2000)..((part + 1) * 2000)].Count(mark => mark), 100, 320);
        }
    }

    [Fact]
    public void A_label_says_what_its_line_shows()
    {
        Dictionary<string, string> telling = new()
        {
            [SyntheticLabel.ChildCrash] = "exit signal", [SyntheticLabel.WorkersExhausted] = "AH00484",
            [SyntheticLabel.PhpMemory] = "exhausted", [SyntheticLabel.NotInSudoers] = "NOT in sudoers",
            [SyntheticLabel.WebShell] = "/media/uploads/", [SyntheticLabel.LoginGuessing] = "POST /account/login",
            [SyntheticLabel.UserEnumeration] = "nvalid user", [SyntheticLabel.BackendOutage] = "backend.example.com",
        };
        HashSet<string> seen = [];
        foreach (SyntheticLogType type in s_types)
        {
            SyntheticLogOptions options = new() { Type = type, Count = 6000, AnomalyRate = 0.1 };
            foreach (SyntheticLine line in LogSynthesizer.Generate(options))
            {
                if (line.Label is { } label && telling.TryGetValue(label, out string? words))
                {
                    Assert.Contains(words, line.Text, StringComparison.Ordinal);
                    seen.Add(label);
                }
                else if (line.Label is null)
                {
                    Assert.DoesNotContain(telling.Where(pair =>
                        pair.Key is not (SyntheticLabel.LoginGuessing or SyntheticLabel.UserEnumeration)),
                        pair => line.Text.Contains(pair.Value, StringComparison.Ordinal));
                }
            }
        }

        Assert.Equal(telling.Count, seen.Count);
    }

    [Fact]
    public void Root_logs_in_at_night_only()
    {
        SyntheticLogOptions options = new() { Type = SyntheticLogType.Auth, Count = 8000, AnomalyRate = 0.1 };
        SyntheticLine[] lines = LogSynthesizer.Generate(options)
            .Where(line => line.Text.Contains("Accepted password for root", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(SyntheticLabel.RootNightLogin, line.Label));
        Assert.All(lines, line => Assert.InRange(line.Timestamp.Hour, 0, 4));
    }

    [Fact]
    public void The_normal_background_of_invalid_users_stays_at_its_documented_share()
    {
        SyntheticLogOptions options = new() { Type = SyntheticLogType.Auth, Count = 50_000, AnomalyRate = 0.0 };
        int invalid = LogSynthesizer.Generate(options).Count(line => line.Text.Contains("nvalid user",
            StringComparison.Ordinal));
        Assert.InRange(invalid / 50_000.0, 0.005, 0.025);
    }

    [Fact]
    public void Popularity_is_heavy_tailed()
    {
        SyntheticLogOptions options = new() { Type = SyntheticLogType.Access, Count = 20_000, AnomalyRate = 0.0 };
        int[] counts = LogSynthesizer.Generate(options).GroupBy(line => line.Text[..line.Text.IndexOf(' ',
            StringComparison.Ordinal)])
            .Select(group => group.Count()).OrderDescending().ToArray();
        Assert.True(counts.Length > 150);
        Assert.True(counts.Take(20).Sum() > 0.4 * counts.Sum());
    }

    [Theory]
    [InlineData("Count", 0, 0.01, 0)]
    [InlineData("Count", -5, 0.01, 0)]
    [InlineData("Count", SyntheticLogOptions.MostLines + 1, 0.01, 0)]
    [InlineData("AnomalyRate", 10, -0.01, 0)]
    [InlineData("AnomalyRate", 10, 0.51, 0)]
    [InlineData("AnomalyRate", 10, double.NaN, 0)]
    [InlineData("Type", 10, 0.1, 3)]
    [InlineData("Type", 10, 0.1, 4)]
    public void An_option_out_of_range_is_named_at_once(string name, int count, double rate, int type)
    {
        SyntheticLogOptions options = new() { Count = count, AnomalyRate = rate, Type = (SyntheticLogType)type };
        ArgumentOutOfRangeException thrown =
            Assert.Throws<ArgumentOutOfRangeException>(() => LogSynthesizer.Generate(options));
        Assert.Equal(name, thrown.ParamName);
    }

    [Fact]
    public void A_start_that_leaves_no_room_is_refused()
    {
        SyntheticLogOptions options = new() { Start = DateTimeOffset.MaxValue };
        Assert.Equal("Start", Assert.Throws<ArgumentOutOfRangeException>(() =>
            LogSynthesizer.Generate(options)).ParamName);
    }

    [Fact]
    public void Events_carry_the_labels_and_lines_that_no_format_knows_are_unparsed_events()
    {
        SyntheticLogOptions options = new() { Type = SyntheticLogType.Auth, Count = 500, AnomalyRate = 0.1 };
        SyntheticLine[] lines = LogSynthesizer.Generate(options).ToArray();
        LogEvent[] events = LogSynthesizer.GenerateEvents(options, new CronOnlyFormat()).ToArray();
        Assert.Equal(lines.Select(line => line.Label), events.Select(made => made.Label));
        Assert.Equal(lines.Select(line => line.Text), events.Select(made => made.Raw));
        Assert.Equal(Enumerable.Range(1, 500).Select(number => (long)number), events.Select(made => made.LineNumber));
        Assert.Contains(events, made => made.Kind == LogKind.System);
        Assert.All(events.Where(made => made.Kind == LogKind.System), made => Assert.Equal(2026,
            made.Timestamp!.Value.Year));
        Assert.All(events.Where(made => made.Label is not null), made => Assert.Equal(LogKind.Unparsed, made.Kind));
    }

    private static IEnumerable<string> AddressesIn(string text) =>
        FourAddresses().Matches(text).Concat(SixAddresses().Matches(text)).Select(match => match.Groups[1].Value);

    private static bool IsReserved(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return string.Join('.', bytes.Take(4).Select(part => part.ToString(CultureInfo.InvariantCulture))) switch
        {
            string four when bytes.Length == 16 => four == "32.1.13.184",
            string four => four.StartsWith("192.0.2.", StringComparison.Ordinal) || four.StartsWith("198.51.100.",
                StringComparison.Ordinal)
                || four.StartsWith("203.0.113.", StringComparison.Ordinal) || bytes[0] is 10 or 127,
        };
    }

    [GeneratedRegex(@"(?<![\d.])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\d.])")]
    private static partial Regex FourAddresses();

    // The port of a client in an Apache error log follows the address after one more colon, so it is left out by the
    // group before "]".
    [GeneratedRegex(@"(?<![0-9a-f:])(2[0-9a-f]{3}:[0-9a-f]{1,4}:[0-9a-f:]*::[0-9a-f]{1,4})")]
    private static partial Regex SixAddresses();

    [GeneratedRegex(@"(?:https?:|[( ])//([A-Za-z0-9.-]+)")]
    private static partial Regex Hosts();

    [GeneratedRegex(@"(^|\.)example\.(com|net|org)$")]
    private static partial Regex ExampleHost();

    /// <summary>Knows the lines of cron and no others.</summary>
    private sealed class CronOnlyFormat : LogFormat
    {
        public override string Name => "cron-only";

        public override string Description => "Lines of cron.";

        internal override LogEvent? Parse(in LogLine line, ParseContext context)
        {
            if (line.Span.IndexOf(" CRON["u8) < 0
                || !Timestamps.TryReadRfc3164(line.Span, context.Clock, out DateTimeOffset time, out _))
            {
                return null;
            }

            return new LineEvent(LogKind.System, line, context.Source) { Timestamp = time };
        }
    }
}
