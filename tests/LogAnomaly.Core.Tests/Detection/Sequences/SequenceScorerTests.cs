using LogAnomaly.Detection.Sequences;

namespace LogAnomaly.Tests.Detection.Sequences;

/// <summary>What each detector of sessions is there for.</summary>
public sealed class SequenceScorerTests
{
    [Fact]
    public void Counts_that_vary_among_normal_sessions_cost_less_than_those_that_never_do()
    {
        // Reads vary freely, and new counts keep coming; open and close come once each.
        Random random = new(2);
        LogSequence[] training = [.. Enumerable.Range(1, 200).Select(_ => Session(
            "open " + string.Concat(Enumerable.Repeat("read ", (int)(-10 * Math.Log(random.NextDouble()))))
                + "close"))];
        ISequenceModel model = Train("EventCounts", training);
        double manyReads = model.Score(Session("open " + string.Concat(Enumerable.Repeat("read ", 60)) + "close"));
        double twoCloses = model.Score(Session("open read close close"));
        Assert.True(twoCloses > manyReads + 1, $"{twoCloses} against {manyReads}");
    }

    [Fact]
    public void Events_whose_counts_go_together_are_judged_together()
    {
        // Lock and unlock come both or not at all, half of the time.
        LogSequence[] training =
            [.. Enumerable.Range(0, 200).Select(i => Session(i % 2 == 0 ? "open lock unlock close" : "open close"))];
        ISequenceModel model = Train("EventCounts", training);
        Assert.Equal(0, model.Score(Session("open close")), 1);
        Assert.True(model.Score(Session("open lock close")) > 4);
        Reason reason = model.Explain(Session("open lock close"))[0];
        Assert.Contains(reason.Code, new[] { "MissingEvent", "UnusualEvent" });
        Assert.Contains("lock", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_event_costs_less_where_training_sessions_brought_new_ones_too()
    {
        LogSequence[] steady = [.. Enumerable.Range(0, 50).Select(_ => Session("open close"))];
        LogSequence[] varied =
            [.. steady.Select((session, i) => i % 5 == 0 ? Session($"open note{i} close") : session)];
        LogSequence odd = Session("open other close");
        Assert.True(Train("NewEvent", steady).Score(odd) > Train("NewEvent", varied).Score(odd) + 1);
        Assert.True(Train("Combined", steady).Score(odd) > Train("Combined", steady).Threshold);
        Assert.True(Train("Combined", varied).Score(odd) <= Train("Combined", varied).Threshold);
    }

    [Fact]
    public void The_nearest_session_says_what_would_be_normal()
    {
        LogSequence[] training =
            [Session("open read close", "a"), Session("open write write close", "b"), Session("open close", "c")];
        ISequenceModel model = Train("NearestSession", training);
        LogSequence odd = Session("open write fault");
        Assert.Equal(3, model.Score(odd));
        Reason reason = Assert.Single(model.Explain(Session("open write write write close")));
        Assert.Equal("session 'b'", reason.Typical);
        Assert.Equal(
            "It would be normal, as session 'b' is, if event write came twice and not 3 times.", reason.Sentence);
    }

    [Fact]
    public void The_nearest_session_is_that_of_a_search_through_all()
    {
        Random random = new(3);
        LogSequence Random() => new(null, [.. Enumerable.Range(0, random.Next(12)).Select(_ => $"e{random.Next(6)}")]);
        LogSequence[] training = [.. Enumerable.Range(0, 150).Select(_ => Random())];
        ISequenceModel model = Train("NearestSession", training);
        for (int i = 0; i < 300; i++)
        {
            LogSequence session = Random();
            Assert.Equal(training.Min(other => Distance(session, other)), model.Score(session));
        }
    }

    [Fact]
    public void A_new_pair_costs_little_where_events_come_in_any_order()
    {
        Random random = new(1);
        LogSequence[] training = [.. Enumerable.Range(0, 100).Select(_ =>
        {
            string[] parts = [.. Enumerable.Range(0, 12).Select(i => $"part{i}")];
            random.Shuffle(parts);
            return new LogSequence(null, ["first", "second", .. parts, "last"]);
        })];
        ISequenceModel model = Train("PairNovelty", training);
        LogSequence usual = training[0];
        LogSequence swapped = usual with
        {
            Events = ["first", .. usual.Events.Skip(2).Take(1), "second", .. usual.Events.Skip(3)],
        };
        Reason reason = model.Explain(swapped)[0];
        Assert.Equal("NewPair", reason.Code);
        Assert.Contains("event first, then event second", reason.Typical, StringComparison.Ordinal);
        Assert.True(model.Score(swapped) > 4);
    }

    [Fact]
    public void A_known_mixture_of_rare_counts_is_not_odder_than_it_is_rare()
    {
        // One session in fifty is of another make in all its counts.
        LogSequence[] training =
            [.. Enumerable.Range(0, 500).Select(i => Session(i % 50 == 0 ? "a a b b c c d d" : "a b c d"))];
        ISequenceModel model = Train("EventCounts", training);
        Assert.InRange(model.Score(Session("a a b b c c d d")), 3, 4.5);
        Assert.True(model.Score(Session("a a b c c d d")) > 4.5);
    }

    [Fact]
    public void An_odd_training_session_does_not_hide_what_is_like_it()
    {
        LogSequence[] clean = [.. SequenceDetectorTests.Sessions()];
        LogSequence wild = Session(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"x{i}")));
        double threshold = Train("Combined", [.. clean, wild]).Threshold;
        Assert.True(threshold < Train("Combined", clean).Score(wild) / 4, $"{threshold}");
    }

    [Fact]
    public void Tail_probabilities_fall_as_scores_rise()
    {
        SequenceTail tail = new(Enumerable.Range(0, 100).Select(i => (double)i));
        double last = 2;
        for (double score = -1; score < 200; score += 0.5)
        {
            double probability = tail.Probability(score);
            Assert.InRange(probability, double.Epsilon, last);
            last = probability;
        }

        Assert.Equal(1, tail.Probability(0));
        Assert.Equal(1.5 / 101, tail.Probability(99), 12);
        Assert.Equal(98, tail.Threshold(0.01));
        Assert.Equal(94, tail.Threshold(0.05));
    }

    private static int Distance(LogSequence left, LogSequence right) =>
        left.Events.Concat(right.Events).Distinct(StringComparer.Ordinal)
            .Sum(name =>
                Math.Abs(left.Events.Count(other => other == name) - right.Events.Count(other => other == name)));

    private static LogSequence Session(string events, string? id = null) => SequenceDetectorTests.Session(events, id);

    private static ISequenceModel Train(string name, IReadOnlyList<LogSequence> training) =>
        SequenceDetectors.Create(name).Train(training, TestContext.Current.CancellationToken);
}
