using LogAnomaly.Detection;
using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Detection;

public sealed class IsolationForestTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(256, 10.2448)]
    public void The_average_path_length_is_that_of_the_paper(int count, double expected) =>
        Assert.Equal(expected, IsolationTree.AveragePathLength(count), 4);

    [Fact]
    public void The_same_seed_gives_the_same_scores_and_another_seed_others()
    {
        FeatureMatrix rows = Cloud(2_000, 4, seed: 1);
        ILogDetectorModel first = Train(rows, 5);
        ILogDetectorModel second = Train(rows, 5);
        ILogDetectorModel other = Train(rows, 6);
        Assert.All(
            Enumerable.Range(0, 100), row => Assert.Equal(first.Score(rows.Row(row)), second.Score(rows.Row(row))));
        Assert.Contains(
            Enumerable.Range(0, 100), row => !first.Score(rows.Row(row)).Equals(other.Score(rows.Row(row))));
    }

    [Fact]
    public void A_planted_row_is_among_the_oddest_and_the_planted_column_bears_most()
    {
        SeededRandom random = new(4);
        int named = 0;
        int odder = 0;
        for (int round = 0; round < 50; round++)
        {
            int column = random.NextInt(6);
            FeatureMatrix rows = Cloud(1_000, 6, seed: 100 + round, planted: (500, column, 9f));
            ILogDetectorModel model = Train(rows, round);
            double[] scores = [.. Enumerable.Range(0, rows.RowCount).Select(row => model.Score(rows.Row(row)))];
            odder += scores.Count(score => score > scores[500]);
            IReadOnlyList<double> shares = model.Explain(rows.Row(500));
            named += shares.ToList().IndexOf(shares.Max()) == column ? 1 : 0;
        }

        // One column of six at nine sigma: scikit-learn 1.2 ranks 36 of 1,000 rows before it on average over 30 such
        // sets.
        Assert.InRange(odder / 50, 0, 60);
        Assert.InRange(named, 48, 50);
    }

    [Fact]
    public void A_column_that_no_tree_cuts_on_the_way_of_a_row_adds_nothing()
    {
        float[] values = new float[1_000];
        SeededRandom random = new(9);
        for (int i = 0; i < values.Length; i += 2)
        {
            values[i] = (float)random.NextGaussian();
        }

        ILogDetectorModel model = Train(new FeatureMatrix(["a", "b"], values), 2);
        IReadOnlyList<double> contributions = model.Explain([8, 5]);
        Assert.True(contributions[0] > 0);
        Assert.Equal(0, contributions[1]);
    }

    [Theory]
    [InlineData(16, 3)]
    [InlineData(256, 32)]
    [InlineData(256, 300)]
    [InlineData(1_000, 5)]
    public void Eight_rows_at_once_go_the_ways_that_each_goes_alone(int sampleSize, int columnCount)
    {
        if (!ForestKernel.IsWide)
        {
            Assert.Skip("needs AVX2");
        }

        // Few distinct values, so that many rows lie on a cut.
        SeededRandom random = new(5);
        float[] values = [.. Enumerable.Range(0, sampleSize * columnCount).Select(_ => (float)random.NextInt(-4, 4))];
        FeatureMatrix rows = new([.. Enumerable.Range(0, columnCount).Select(column => $"c{column}")], values);
        PaddedTrees trees = new(1, sampleSize);
        new IsolationTree(rows, [.. Enumerable.Range(0, sampleSize)], trees.Height, random)
            .Grow(trees.ColumnsOf(0), trees.CutsOf(0), trees.SizesOf(0));
        trees.Complete();
        float[] block = [.. Enumerable.Range(0, ForestKernel.BlockRows * columnCount)
            .Select(_ => (float)random.NextInt(-10, 10) / 2)];
        int[] plain = new int[ForestKernel.BlockRows];
        int[] wide = new int[ForestKernel.BlockRows];
        ForestKernel.AddPlain(block, trees.ColumnsOf(0), trees.CutsOf(0), trees.PathsOf(0), trees.Height, plain);
        ForestKernel.AddWide(block, trees.ColumnsOf(0), trees.CutsOf(0), trees.PathsOf(0), trees.Height, wide);
        Assert.Equal(plain, wide);
        Assert.True(plain.Distinct().Count() > 1);
    }

    [Fact]
    public void Values_that_differ_in_their_last_bit_are_parted()
    {
        float[] values = [.. Enumerable.Range(0, 512).Select(i => i == 100 ? MathF.BitIncrement(1.7e9f) : 1.7e9f)];
        ILogDetectorModel model = Train(new FeatureMatrix(["a"], values), 3);
        Assert.True(model.Score([MathF.BitIncrement(1.7e9f)]) > model.Score([1.7e9f]));
    }

    [Fact]
    public void Rows_that_are_all_alike_have_one_score_and_none_is_improbable()
    {
        FeatureMatrix rows = new(["a", "b"], new float[2_000]);
        ILogDetectorModel model = Train(rows, 1);
        Assert.Equal(1, model.TailProbability(model.Score(rows.Row(7))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Very_few_rows_train_without_fault(int count)
    {
        FeatureMatrix rows = Cloud(count, 2, seed: 3);
        Assert.InRange(Train(rows, 1).Score(rows.Row(0)), 0.0, 1.0);
    }

    [Fact]
    public void Ranking_parts_a_planted_cluster_from_the_rest()
    {
        SeededRandom random = new(77);
        float[] values = new float[2_000 * 5];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian() + (i < 60 * 5 ? 4 : 0);
        }

        FeatureMatrix rows = new(["a", "b", "c", "d", "e"], values);
        ILogDetectorModel model = Train(rows, 3);
        double[] scores = [.. Enumerable.Range(0, 2_000).Select(row => model.Score(rows.Row(row)))];
        double area = scores.Take(60)
            .Average(odd => scores.Skip(60).Average(usual => odd > usual ? 1.0 : odd.Equals(usual) ? 0.5 : 0));
        Assert.InRange(area, 0.98, 1.0);
    }

    private static ILogDetectorModel Train(FeatureMatrix rows, int seed) =>
        new IsolationForest(new ForestOptions { Seed = seed }).Train(rows, TestContext.Current.CancellationToken);

    private static FeatureMatrix Cloud(
        int rows, int columns, int seed, (int Row, int Column, float Value)? planted = null)
    {
        SeededRandom random = new((ulong)seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextGaussian();
        }

        if (planted is { } at)
        {
            values[(at.Row * columns) + at.Column] = at.Value;
        }

        return new FeatureMatrix([.. Enumerable.Range(0, columns).Select(column => $"c{column}")], values);
    }
}
