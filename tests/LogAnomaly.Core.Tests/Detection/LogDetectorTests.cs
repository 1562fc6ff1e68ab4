using System.Text.Json;
using LogAnomaly.Detection;
using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Detection;

/// <summary>What every detector of odd rows must do.</summary>
/// <param name="name">Name of the detector.</param>
public abstract class LogDetectorTests(string name)
{
    private static readonly int[] s_counts = [1, 2, 3, 31, 400];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_one_of_the_named_detectors_and_its_models_bear_its_name()
    {
        Assert.Contains(name, LogDetectors.Names);
        ILogDetector detector = LogDetectors.Create(name.ToUpperInvariant(), 1);
        Assert.Equal(name, detector.Name);
        ILogDetectorModel model = detector.Train(Cloud(50, 2, 1), Token);
        Assert.Equal(name, model.Name);
        Assert.Equal(["c0", "c1"], model.Columns);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_to_the_byte()
    {
        FeatureMatrix rows = Cloud(3_000, 5, 1);
        Assert.Equal(ToJson(Train(rows, 5)), ToJson(Train(rows, 5)));
    }

    [Fact]
    public void Scoring_all_rows_gives_the_scores_of_each_one()
    {
        FeatureMatrix rows = Cloud(1_101, 7, 2);
        ILogDetectorModel model = Train(rows);
        double[] scores = ScoresOf(model, rows);
        Assert.All(Enumerable.Range(0, rows.RowCount), row => Assert.Equal(model.Score(rows.Row(row)), scores[row]));
    }

    [Fact]
    public void A_model_may_be_asked_from_many_threads()
    {
        FeatureMatrix rows = Cloud(400, 4, 3);
        ILogDetectorModel model = Train(rows);
        ILogDetectorModel alone = Train(rows);
        double[] expected =
            [.. Enumerable.Range(0, 400).Select(row => alone.TailProbability(alone.Score(rows.Row(row))))];
        double[] actual = new double[400];
        Parallel.For(0, 400, row =>
        {
            actual[row] = model.TailProbability(model.Score(rows.Row(row)));
            _ = model.Explain(rows.Row(row));
            _ = model.NearestNormal(rows.Row(row));
        });
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_greater_score_is_never_more_probable_and_none_is_impossible()
    {
        foreach (int count in s_counts)
        {
            FeatureMatrix rows = Cloud(count, 3, 4);
            ILogDetectorModel model = Train(rows);
            double[] scores = ScoresOf(model, rows);
            double least = scores.Min() - 1;
            double step = (scores.Max() - least + 2) / 500;
            double last = 1;
            for (int i = 0; i <= 1_000; i++)
            {
                double probability = model.TailProbability(least + (i * step));
                Assert.InRange(probability, double.Epsilon, last);
                last = probability;
            }

            Assert.Equal(1, model.TailProbability(least));
        }
    }

    [Fact]
    public void The_training_rows_themselves_are_as_probable_as_their_ranks_say()
    {
        FeatureMatrix rows = Cloud(1_000, 4, 5);
        ILogDetectorModel model = Train(rows);
        double[] probabilities = [.. ScoresOf(model, rows).Select(model.TailProbability)];
        Assert.InRange(probabilities.Count(probability => probability <= 0.5), 480, 560);
        Assert.InRange(probabilities.Count(probability => probability <= 0.1), 80, 160);
    }

    [Fact]
    public void An_explanation_has_a_number_for_each_column_and_names_the_one_that_is_odd()
    {
        int named = 0;
        const int Cases = 40;
        for (int seed = 0; seed < Cases; seed++)
        {
            PlantedCase planted = PlantedCase.Make(seed);
            ILogDetectorModel model = Train(planted.Rows, seed);
            IReadOnlyList<double> contributions = model.Explain(planted.Rows.Row(planted.Row));
            Assert.Equal(planted.Rows.ColumnCount, contributions.Count);
            Assert.All(contributions, contribution => Assert.True(double.IsFinite(contribution)));
            named += planted.IsNamed(contributions) && contributions[planted.Column] > 0 ? 1 : 0;
        }

        Assert.InRange(named, LeastNamedOf40, Cases);
    }

    [Fact]
    public void A_row_in_the_middle_is_more_usual_for_its_columns_and_an_odd_one_less()
    {
        FeatureMatrix rows = Cloud(1_000, 4, 6);
        ILogDetectorModel model = Train(rows);
        Assert.True(model.Explain([9, 0, 0, 0])[0] > 0);
        Assert.True(model.Explain([0.01f, 0, 0, 0]).Sum() < model.Explain([9, 0, 0, 0]).Sum());
        Assert.True(model.Score([9, 9, 9, 9]) > model.Score([0.01f, 0, 0, 0]));
    }

    [Fact]
    public void What_would_make_a_row_normal_is_the_column_that_was_made_odd()
    {
        FeatureMatrix rows = Cloud(1_000, 4, 7);
        ILogDetectorModel model = Train(rows);
        float[] odd = [0.1f, -0.2f, 30, 0.3f];
        Counterfactual? found = Counterfactual.Find(model, odd);
        Assert.NotNull(found);
        Assert.True(found.Observed < 0.05);
        Assert.True(found.Reached >= 0.05);
        CounterfactualChange change = Assert.Single(found.Changes);
        Assert.Equal(("c2", 2, 30f), (change.Column, change.Index, change.Observed));
        Assert.InRange(change.Needed, -4, 4);
        odd[2] = change.Needed;
        Assert.Equal(found.Reached, model.TailProbability(model.Score(odd)));
        Assert.Empty(Counterfactual.Find(model, odd)!.Changes);
    }

    [Fact]
    public void The_nearest_normal_row_is_a_usual_training_row()
    {
        FeatureMatrix rows = Cloud(600, 3, 8);
        ILogDetectorModel model = Train(rows);
        IReadOnlyList<float>? nearest = model.NearestNormal([20, 0, 0]);
        Assert.NotNull(nearest);
        Assert.Contains(Enumerable.Range(0, 600), row => rows.Row(row).SequenceEqual(nearest.ToArray()));
        Assert.True(model.TailProbability(model.Score([.. nearest])) > 0.5);
    }

    [Fact]
    public void Columns_that_never_change_do_no_harm()
    {
        FeatureMatrix rows = Rows(500, 4, 9, (random, _, column) => column < 2 ? 7 : random.NextGaussian());
        ILogDetectorModel model = Train(rows);
        Assert.All(ScoresOf(model, rows), score => Assert.True(double.IsFinite(score)));
        Assert.All(model.Explain(rows.Row(0)).Take(2), contribution => Assert.Equal(0, contribution, 6));
    }

    [Fact]
    public void Rows_that_are_all_alike_have_one_score_and_none_is_improbable()
    {
        FeatureMatrix rows = new(["a", "b"], new float[2_000]);
        ILogDetectorModel model = Train(rows);
        Assert.Equal(1, model.TailProbability(model.Score(rows.Row(7))));
        Assert.Single(ScoresOf(model, rows).Distinct());
    }

    [Fact]
    public void Rows_that_come_again_and_again_are_usual_beside_one_that_does_not()
    {
        FeatureMatrix rows = Rows(500, 3, 10, (_, row, column) => row == 250 ? 40 : (row % 3) + column);
        ILogDetectorModel model = Train(rows);
        double[] scores = ScoresOf(model, rows);
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
        Assert.Equal(250, Array.IndexOf(scores, scores.Max()));
        Assert.True(model.TailProbability(scores[250]) < 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    public void Few_rows_train_without_fault(int count)
    {
        FeatureMatrix rows = Cloud(count, 3, 11);
        ILogDetectorModel model = Train(rows);
        double[] scores = ScoresOf(model, rows);
        Assert.All(scores, score => Assert.True(double.IsFinite(score)));
        Assert.All(scores, score => Assert.InRange(model.TailProbability(score), 1.0 / (count + 1) / 5, 1));
        Assert.All(model.Explain(rows.Row(0)), contribution => Assert.True(double.IsFinite(contribution)));
        Assert.NotNull(model.NearestNormal(rows.Row(0)));
    }

    [Fact]
    public void A_value_that_is_no_number_counts_as_nothing_and_an_infinite_one_as_the_greatest()
    {
        FeatureMatrix rows = Cloud(300, 3, 12);
        ILogDetectorModel model = Train(rows);
        Assert.Equal(model.Score([0, 1, 2]), model.Score([float.NaN, 1, 2]));
        Assert.Equal(
            model.Score([float.MaxValue, float.MinValue, 2]),
            model.Score([float.PositiveInfinity, float.NegativeInfinity, 2]));
        float[] values = [.. Enumerable.Range(0, 300).SelectMany(row => rows.Row(row).ToArray())];
        (values[0], values[5], values[7]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        FeatureMatrix broken = new(rows.Names, values);
        ILogDetectorModel learned = Train(broken);
        Assert.All(ScoresOf(learned, broken), score => Assert.True(double.IsFinite(score)));
        Assert.All(learned.Explain(broken.Row(1)), contribution => Assert.True(double.IsFinite(contribution)));
    }

    [Fact]
    public void More_than_256_columns_are_all_looked_at()
    {
        FeatureMatrix rows = Cloud(300, 300, 13);
        ILogDetectorModel model = Train(rows);
        float[] odd = new float[300];
        odd[299] = 1_000;
        IReadOnlyList<double> contributions = model.Explain(odd);
        Assert.Equal(299, contributions.ToList().IndexOf(contributions.Max()));
        Assert.True(contributions[299] > 0);
    }

    [Fact]
    public void A_model_that_was_written_and_read_scores_and_explains_the_same()
    {
        foreach (int count in s_counts)
        {
            FeatureMatrix rows = Cloud(count, 3, 14);
            ILogDetectorModel model = Train(rows);
            byte[] json = ToJson(model);
            ILogDetectorModel read = LogDetectors.Read(JsonDocument.Parse(json).RootElement);
            Assert.Equal(json, ToJson(read));
            Assert.Equal(ScoresOf(model, rows), ScoresOf(read, rows));
            float[] odd = [9, -9, 1];
            Assert.Equal(model.Score(odd), read.Score(odd));
            Assert.Equal(model.TailProbability(model.Score(odd)), read.TailProbability(read.Score(odd)));
            Assert.Equal(model.Explain(odd), read.Explain(odd));
            Assert.Equal(model.NearestNormal(odd), read.NearestNormal(odd));
        }
    }

    [Fact]
    public void A_damaged_model_is_refused()
    {
        string json = System.Text.Encoding.UTF8.GetString(ToJson(Train(Cloud(40, 2, 15))));
        Assert.Throws<FormatException>(() => Read("{}"));
        Assert.Throws<FormatException>(() =>
            Read(json.Replace("\"version\":1", "\"version\":99", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() =>
            Read(json.Replace("[\"c0\",\"c1\"]", "[\"c0\",\"c1\",\"c2\"]", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() =>
            Read(json.Replace("\"probabilities\"", "\"improbabilities\"", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => Read(json.Replace(name, "Tarot", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        ILogDetector detector = LogDetectors.Create(name);
        Assert.Throws<ArgumentOutOfRangeException>(() => detector.Train(new FeatureMatrix(["a"], []), Token));
        ILogDetectorModel model = Train(Cloud(20, 2, 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Score([1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Explain([1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ScoreAll(Cloud(5, 3, 1), new double[5], Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ScoreAll(Cloud(5, 2, 1), new double[4], Token));
    }

    [Fact]
    public void Work_that_is_cancelled_ends()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        FeatureMatrix rows = Cloud(200, 3, 17);
        ILogDetectorModel model = Train(rows);
        Assert.ThrowsAny<OperationCanceledException>(() => LogDetectors.Create(name).Train(rows, cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => model.ScoreAll(rows, new double[200], cancelled.Token));
    }

    /// <summary>In how many of 40 planted cases the odd column must be named.</summary>
    protected virtual int LeastNamedOf40 => 38;

    private ILogDetectorModel Train(FeatureMatrix rows, int seed = 1) =>
        LogDetectors.Create(name, seed).Train(rows, Token);

    private static ILogDetectorModel Read(string json) => LogDetectors.Read(JsonDocument.Parse(json).RootElement);

    private static double[] ScoresOf(ILogDetectorModel model, FeatureMatrix rows)
    {
        double[] scores = new double[rows.RowCount];
        model.ScoreAll(rows, scores, Token);
        return scores;
    }

    private static byte[] ToJson(ILogDetectorModel model)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            model.Write(writer);
        }

        return stream.ToArray();
    }

    private static FeatureMatrix Cloud(int rows, int columns, int seed) =>
        Rows(rows, columns, seed, (random, _, _) => random.NextGaussian());

    private static FeatureMatrix Rows(int rows, int columns, int seed, Func<SeededRandom, int, int, double> draw)
    {
        SeededRandom random = new((uint)seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)draw(random, i / columns, i % columns);
        }

        return new FeatureMatrix([.. Enumerable.Range(0, columns).Select(column => $"c{column}")], values);
    }
}
