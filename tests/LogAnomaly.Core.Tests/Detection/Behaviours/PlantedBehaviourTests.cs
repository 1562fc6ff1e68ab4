using LogAnomaly.Detection;
using LogAnomaly.Detection.Behaviours;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Detection.Behaviours;

/// <summary>
/// Each behaviour finds what was planted for it, by many seeds, and says nothing of its kind where it was not.
/// </summary>
public sealed class PlantedBehaviourTests
{
    private const int Seeds = 10;

    [Fact]
    public void A_burst_of_a_message_is_found() => Check("RateSpike", (stream, seed) =>
    {
        for (int i = 0; i < 300; i++)
        {
            stream.AddAuth(EventStream.Hour((12 * 24) + 3.01 + (i / 10000.0)), "statement 3 of <user>", "user1");
        }
    });

    [Fact]
    public void A_regular_message_that_stays_away_is_found() => Check("Silence", (stream, seed) =>
    {
        AddBeats(stream, from: 0, to: 12 * 24);
        AddBeats(stream, from: (12 * 24) + 12, to: 14 * 24);
    }, stream => AddBeats(stream, 0, 14 * 24));

    [Fact]
    public void A_message_that_comes_far_less_is_found() => Check("RateDrop", (stream, seed) =>
    {
        AddBeats(stream, from: 0, to: 12 * 24);
        stream.Add(EventStream.Hour((12 * 24) + 0.5), "heartbeat");
        AddBeats(stream, from: (12 * 24) + 1, to: 14 * 24);
    }, stream => AddBeats(stream, 0, 14 * 24));

    [Fact]
    public void A_rate_that_rises_and_stays_is_found() => Check("RateRise", (stream, seed) =>
    {
        AddBeats(stream, 0, 14 * 24);
        for (int minute = 10 * 24 * 60; minute < 14 * 24 * 60; minute++)
        {
            stream.Add(EventStream.Hour((minute + 0.3) / 60.0), "heartbeat");
            stream.Add(EventStream.Hour((minute + 0.6) / 60.0), "heartbeat");
        }
    }, stream => AddBeats(stream, 0, 14 * 24));

    [Fact]
    public void A_latency_that_rises_and_stays_is_found() =>
        Check("ValueRise", (stream, seed) => AddRequests(stream, seed, factor: 2),
            stream => AddRequests(stream, 1, factor: 1));

    [Fact]
    public void A_new_grave_message_that_comes_often_is_found() => Check("NewTemplate", (stream, seed) =>
    {
        for (int i = 0; i < 60; i++)
        {
            stream.Add(EventStream.Hour((13 * 24) + 2 + (i / 1000.0)), "disk failure", level: LogLevel.Error);
        }
    });

    [Fact]
    public void A_user_on_a_host_for_the_first_time_is_found_by_what_was_learned() => CheckLater("FirstValue",
        stream => stream.AddAuth(EventStream.Hour(15 * 24), "statement 1 of <user>", "user1", "db9"),
        stream => stream.AddAuth(EventStream.Hour(15 * 24), "statement 1 of <user>", "user1", "web1"));

    [Fact]
    public void A_user_at_an_unusual_hour_is_found_by_what_was_learned()
    {
        EventStream before = new();
        for (int day = 0; day < 60; day++)
        {
            for (int user = 0; user < 8; user++)
            {
                for (int hour = 9; hour < 17; hour++)
                {
                    before.AddAuth(
                        EventStream.Hour((day * 24) + hour + (user / 100.0)), "statement 1 of <user>", $"user{user}");
                }
            }
        }

        AssertFoundLater("UnusualHour", before, 61 * 24 + 3, 61 * 24 + 11);
    }

    [Fact]
    public void A_host_that_differs_from_its_peers_is_found()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            EventStream stream = new();
            stream.AddTraffic(seed, days: 9, hosts: 8, perHour: 2);
            Assert.DoesNotContain(
                EventStream.Reported(stream.Run()), finding => finding.Detector == "PopulationOutlier");
            for (int i = 0; i < 3000; i++)
            {
                stream.Add(EventStream.Hour((8 * 24) + 10.1 + (i / 5000.0)), $"trouble {i % 20}", "web5");
            }

            Assert.Contains(
                EventStream.Reported(stream.Run()),
                finding => finding is { Detector: "PopulationOutlier", Entity: "web5", EntityType: "HostName" });
        }
    }

    [Fact]
    public void A_session_that_is_not_closed_as_always_is_found()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            Assert.DoesNotContain(
                EventStream.Reported(Sessions(seed, unclosed: 0).Run()), finding => finding.Detector == "CoOccurrence");
            DetectorFinding found = Assert.Single(
                EventStream.Reported(Sessions(seed, unclosed: 12).Run()),
                finding => finding.Detector == "CoOccurrence");
            Assert.Contains("session closed", found.Reasons[0].Sentence, StringComparison.Ordinal);
        }
    }

    private static EventStream Sessions(int seed, int unclosed)
    {
        EventStream stream = new();
        SeededRandom random = new((ulong)seed);
        for (int i = 0; i < 1500; i++)
        {
            double at = (i * 0.2) + (random.NextDouble() * 0.1);
            stream.Add(EventStream.Hour(at), "session opened", program: "sshd", pid: 1000 + i);
            if (i < 1200 || i >= 1200 + unclosed)
            {
                stream.Add(
                    EventStream.Hour(at + (random.NextDouble() * 2)), "session closed", program: "sshd", pid: 1000 + i);
            }
        }

        return stream;
    }

    private static void AddBeats(EventStream stream, int from, int to)
    {
        for (int minute = from * 60; minute < to * 60; minute++)
        {
            stream.Add(EventStream.Hour(minute / 60.0), "heartbeat");
        }
    }

    private static void AddRequests(EventStream stream, int seed, double factor)
    {
        SeededRandom random = new((ulong)seed);
        for (int i = 0; i < 14 * 24 * 30; i++)
        {
            double hour = i / 30.0;
            double level = (hour % 24 is >= 8 and < 18 ? 60 : 50) * (hour >= 10 * 24 ? factor : 1);
            stream.AddRequest(EventStream.Hour(hour), level * Math.Exp(0.3 * random.NextGaussian()));
        }
    }

    private static void Check(string code, Action<EventStream, int> plant, Action<EventStream>? usual = null)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            EventStream quiet = new();
            quiet.AddTraffic(seed, days: 14);
            usual?.Invoke(quiet);
            Assert.DoesNotContain(EventStream.Reported(quiet.Run()), finding => finding.Reasons[0].Code == code);

            EventStream stream = new();
            stream.AddTraffic(seed, days: 14);
            plant(stream, seed);
            BehaviourSet set = stream.Run();
            Assert.True(
                EventStream.Reported(set).Any(finding => finding.Reasons[0].Code == code), Tell(set, code, seed));
        }
    }

    private static string Tell(BehaviourSet set, string code, int seed) =>
        $"{code} was not reported with seed {seed}; found: "
            + string.Join("; ", set.Findings.Select(finding =>
                FormattableString.Invariant($"{finding.Reasons[0].Code} {set.ExpectedFalseAlarms(finding):0.###}")));

    private static void CheckLater(string code, Action<EventStream> plant, Action<EventStream> usual)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            foreach (bool isPlanted in new[] { false, true })
            {
                EventStream before = new();
                before.AddTraffic(seed, days: 14);
                BehaviourSet set = before.Run(BehaviourSet.Create(new BehaviourOptions { LearnOnly = true }));
                set.IsLearning = false;
                EventStream later = new();
                (isPlanted ? plant : usual)(later);
                later.Run(set);
                Assert.Equal(isPlanted, EventStream.Reported(set).Any(finding => finding.Reasons[0].Code == code));
            }
        }
    }

    private static void AssertFoundLater(string code, EventStream before, double odd, double usual)
    {
        BehaviourSet set = before.Run(BehaviourSet.Create(new BehaviourOptions { LearnOnly = true }));
        set.IsLearning = false;
        EventStream later = new();
        later.AddAuth(EventStream.Hour(usual), "statement 1 of <user>", "user3");
        later.Run(set);
        Assert.DoesNotContain(EventStream.Reported(set), finding => finding.Reasons[0].Code == code);
        EventStream last = new();
        last.AddAuth(EventStream.Hour(odd + 24), "statement 1 of <user>", "user3");
        last.Run(set);
        Assert.Contains(
            EventStream.Reported(set), finding => finding.Reasons[0].Code == code && finding.Entity == "user3");
    }
}
