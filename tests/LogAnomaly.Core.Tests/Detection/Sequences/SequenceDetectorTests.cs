using LogAnomaly.Detection.Sequences;

namespace LogAnomaly.Tests.Detection.Sequences;

/// <summary>What holds for every detector of sessions.</summary>
public sealed class SequenceDetectorTests
{
    public static TheoryData<string> Names => [.. SequenceDetectors.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_detector_is_made_by_its_name_in_any_case(string name) =>
        Assert.Equal(name, SequenceDetectors.Create(name.ToUpperInvariant()).Name);

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones() =>
        Assert.Contains(
            "NearestSession",
            Assert.Throws<ArgumentException>(() => SequenceDetectors.Create("x")).Message,
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_session_like_the_training_ones_is_no_anomaly(string name)
    {
        ISequenceModel model = Train(name);
        double score = model.Score(Session("open read read write close"));
        Assert.True(score <= model.Threshold, $"{score} > {model.Threshold}");
        Assert.True(model.TailProbability(score) > 0.05);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_session_that_broke_off_or_went_wild_scores_higher_than_any_training_one(string name)
    {
        ISequenceModel model = Train(name);
        double worst = Sessions().Max(model.Score);
        LogSequence odd = Session("fault retry fault retry fault retry fault abort halt dump fault retry fault");
        Assert.True(model.Score(odd) > worst);
        Assert.True(model.TailProbability(model.Score(odd)) < model.TailProbability(worst) + 1e-12);
        Assert.True(model.Score(odd) > model.Threshold);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reasons_of_an_odd_session_add_up_to_one_and_come_by_weight(string name)
    {
        IReadOnlyList<Reason> reasons = Train(name).Explain(Session("open read fault write"));
        Assert.NotEmpty(reasons);
        Assert.Equal(1, reasons.Sum(reason => reason.Contribution), 9);
        Assert.Equal(reasons.OrderByDescending(reason => reason.Contribution), reasons);
        Assert.All(reasons, reason => Assert.EndsWith(".", reason.Sentence, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_sessions_give_equal_models(string name)
    {
        ISequenceModel first = Train(name);
        ISequenceModel second = Train(name);
        LogSequence odd = Session("open fault read close");
        Assert.Equal(first.Threshold, second.Threshold);
        Assert.Equal(first.Score(odd), second.Score(odd));
        Assert.Equal(first.Explain(odd), second.Explain(odd));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_training_session_and_empty_sessions_are_no_fault(string name)
    {
        ISequenceModel one = SequenceDetectors.Create(name)
            .Train([Session("open close")], TestContext.Current.CancellationToken);
        Assert.True(double.IsFinite(one.Score(Session(""))));
        Assert.InRange(one.TailProbability(one.Score(Session("x y z"))), double.Epsilon, 1);
        ISequenceModel empty = SequenceDetectors.Create(name)
            .Train([Session(""), Session("")], TestContext.Current.CancellationToken);
        Assert.True(double.IsFinite(empty.Score(Session("x"))));
        Assert.NotNull(empty.Explain(Session("x")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_needs_a_session(string name) => Assert.Throws<ArgumentOutOfRangeException>(
        () => SequenceDetectors.Create(name).Train([], TestContext.Current.CancellationToken));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stopped_training_ends(string name)
    {
        using CancellationTokenSource stopped = new();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            SequenceDetectors.Create(name).Train(Sessions(), stopped.Token));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_do_not_depend_on_the_names_of_the_events(string name)
    {
        ISequenceModel plain = Train(name);
        ISequenceModel renamed = SequenceDetectors.Create(name).Train(
            [.. Sessions().Select(Renamed)], TestContext.Current.CancellationToken);
        LogSequence odd = Session("open read fault");
        Assert.Equal(plain.Score(odd), renamed.Score(Renamed(odd)), 9);
        Assert.Equal(plain.Threshold, renamed.Threshold, 9);
    }

    internal static LogSequence Session(string events, string? id = null) =>
        new(id, events.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Files that are opened, read one to four times, perhaps written twice, and closed.</summary>
    internal static IReadOnlyList<LogSequence> Sessions() =>
    [
        .. Enumerable.Range(0, 60).Select(i => Session(
            "open " + string.Concat(Enumerable.Repeat("read ", 1 + (i * 7 % 4))) + (i % 3 == 0 ? "" : "write ")
                + "close", $"s{i}")),
    ];

    private static LogSequence Renamed(LogSequence session) =>
        session with { Events = [.. session.Events.Select(name => "E-" + name.Length + name)] };

    private static ISequenceModel Train(string name) =>
        SequenceDetectors.Create(name).Train(Sessions(), TestContext.Current.CancellationToken);
}
