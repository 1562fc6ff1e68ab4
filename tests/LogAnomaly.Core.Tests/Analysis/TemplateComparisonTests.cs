using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class TemplateComparisonTests
{
    [Fact]
    public void What_only_one_input_has_is_new_or_gone_and_what_shifted_has_changed()
    {
        IReadOnlyList<TemplateChange> changes = Compare(
            Lines(("service stopped", 5), ("cache missed", 20), ("user seen", 200)),
            Lines(("service started", 5), ("cache missed", 100), ("user seen", 200)));
        Assert.Equal(
            [
                (TemplateState.New, 5L, 0L), (TemplateState.Gone, 0L, 5L), (TemplateState.Changed, 100L, 20L),
                (TemplateState.Changed, 200L, 200L),
            ],
            changes.Select(change => (change.State, change.Count, change.ReferenceCount)));
        Assert.Null(changes[0].Ratio);
        Assert.Equal(0, changes[1].Ratio);
        Assert.Equal((100 / 305.0) / (20 / 225.0), changes[2].Ratio!.Value, 9);
        Assert.All(changes.Skip(2), change => Assert.True(change.PValue < TemplateComparison.Significance));
    }

    [Fact]
    public void What_chance_explains_is_the_same() =>
        Assert.All(
            Compare(Lines(("cache missed", 20), ("user seen", 200)), Lines(("cache missed", 24), ("user seen", 200))),
            change => Assert.Equal(TemplateState.Same, change.State));

    [Fact]
    public void A_shift_without_weight_is_the_same_however_certain() =>
        Assert.All(
            Compare(
                Lines(("cache missed", 50_000), ("user seen", 50_000)),
                Lines(("cache missed", 52_000), ("user seen", 48_000))),
            change => Assert.Equal(
                (TemplateState.Same, true), (change.State, change.PValue < TemplateComparison.Significance)));

    [Fact]
    public void An_empty_input_makes_everything_new() =>
        Assert.Equal([TemplateState.New], Compare("", Lines(("cache missed", 3))).Select(change => change.State));

    private static string Lines(params (string Message, int Count)[] messages) => string.Concat(
        messages.SelectMany(entry => Enumerable.Repeat($"Mar  2 10:00:00 web1 app: {entry.Message}\n", entry.Count)));

    private static IReadOnlyList<TemplateChange> Compare(string reference, string difference)
    {
        TemplateComparison comparison = new();
        Samples.Read(reference, out _).ForEach(comparison.AddReference);
        Samples.Read(difference, out _).ForEach(comparison.AddDifference);
        return comparison.Complete();
    }
}
