using System.Text.Json;

namespace LogAnomaly.Detection;

/// <summary>
/// Turns scores into tail probabilities by the training rows' own scores. The probability of a score is the share e of
/// training rows that score as high or higher, or less where a gap parts it from the rows below it: the slope of the
/// tail is taken between ten and a hundred times the share, and where the score lies farther out than an exponential of
/// that slope lets expect, it is that much less probable. Looking so far down sees past the odd rows themselves, so
/// that a cluster of them does not hide its own members, and a tail that stays heavy makes no gap. A gap has its limit:
/// a share of <see cref="LargestGap"/> at the most reaches a probability of one in a hundred to one in a thousand,
/// lesser shares by their square; and in logs of more than <see cref="UsualSize"/> rows less still, because what is
/// said thousands of times is usual, however far it lies from the rest. A score beyond all n training rows is judged
/// like one row more among n + 1: it is at least as probable as the gap allows, and never impossible.
/// </summary>
internal sealed class TailFit
{
    private const double UsualSize = 10_000;
    private const double LargestGap = 0.03;
    private const double Step = 10;
    private const double LargestAnchor = 0.5;
    private const double LargestReference = 0.9;

    private const int MostSteps = 1_024;

    private readonly double[] _sorted;
    private readonly double[] _probability;
    private readonly Slope _beyond;
    private readonly int _count;

    private TailFit(double[] sorted, double[] probability, Slope beyond, int count)
    {
        _sorted = sorted;
        _probability = probability;
        _beyond = beyond;
        _count = count;
    }

    /// <summary>Fits the tail.</summary>
    /// <param name="scores">Scores of the training rows, at least one.</param>
    /// <returns>The fit.</returns>
    public static TailFit Of(ReadOnlySpan<double> scores)
    {
        int[] counts = new int[scores.Length];
        Array.Fill(counts, 1);
        return Of(scores, counts);
    }

    /// <summary>Fits the tail of rows that came several times.</summary>
    /// <param name="scores">Scores of the distinct training rows, at least one.</param>
    /// <param name="counts">How often each came, at least once.</param>
    /// <returns>The same fit as if each score were given so many times.</returns>
    public static TailFit Of(ReadOnlySpan<double> scores, ReadOnlySpan<int> counts)
    {
        Ranks ranks = Ranks.Of(scores, counts);
        double[] probability = new double[ranks.Scores.Length];
        double least = 1;
        for (int place = 0; place < probability.Length; place++)
        {
            // Equal scores have one probability, and a greater score is never more probable than a lesser one.
            least = Math.Min(least, Judge(ranks, place));
            probability[place] = least;
        }

        return new TailFit(ranks.Scores, probability, SlopeAt(ranks, 1.0 / (ranks.Count + 1)), ranks.Count);
    }

    /// <summary>Reads a tail.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <returns>The tail.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static TailFit Read(JsonElement element)
    {
        double[] scores = ModelArrays.ReadPlain(element, "scores");
        double[] probability = ModelArrays.ReadPlain(element, "probabilities", scores.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            if (probability[i] is not (> 0 and <= 1)
                || (i > 0 && (scores[i] <= scores[i - 1] || probability[i] > probability[i - 1])))
            {
                throw new FormatException("A model's tail does not fall.");
            }
        }

        int count = ModelArrays.ReadInt(element, "count", Math.Max(scores.Length, 1), int.MaxValue);
        Slope beyond = new(
            ModelArrays.ReadDouble(element, "anchorShare"),
            ModelArrays.ReadDouble(element, "anchor"),
            ModelArrays.ReadDouble(element, "scale"));
        return scores.Length > 0 && beyond.Share > 0
            ? new TailFit(scores, probability, beyond, count)
            : throw new FormatException("A model's tail is empty.");
    }

    /// <summary>
    /// Writes the tail: all scores where few are distinct, or else 1,024 of them, all of the outer half of these and
    /// evenly spread ones among the rest, so that what is read back may judge a usual score a little less usual but an
    /// odd one the same.
    /// </summary>
    /// <param name="writer">Takes one property.</param>
    public void Write(Utf8JsonWriter writer)
    {
        List<int> steps = [.. Enumerable.Range(0, _sorted.Length)];
        if (steps.Count > MostSteps)
        {
            int inner = steps.Count - (MostSteps / 2);
            steps =
            [
                .. Enumerable.Range(0, MostSteps / 2).Select(i => steps[(int)((long)i * inner / (MostSteps / 2))]),
                .. steps[inner..],
            ];
        }

        writer.WriteStartObject("tail");
        writer.WriteNumber("count", _count);
        writer.WriteNumber("anchorShare", _beyond.Share);
        writer.WriteNumber("anchor", _beyond.Anchor);
        writer.WriteNumber("scale", _beyond.Scale);
        ModelArrays.WritePlain(writer, "scores", steps.ConvertAll(i => _sorted[i]).ToArray());
        ModelArrays.WritePlain(writer, "probabilities", steps.ConvertAll(i => _probability[i]).ToArray());
        writer.WriteEndObject();
    }

    /// <summary>The tail probability of a score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Above 0 and at most 1.</returns>
    public double ProbabilityFrom(double score)
    {
        if (score > _sorted[^1])
        {
            return Math.Min(_probability[^1], Judge(1.0 / (_count + 1), score, _beyond, _count));
        }

        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_sorted[middle] < score)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _probability[Math.Min(low, _sorted.Length - 1)];
    }

    private static double Judge(Ranks ranks, int place)
    {
        double share = (double)(ranks.Count - ranks.Starts[place]) / ranks.Count;
        return Judge(share, ranks.Scores[place], SlopeAt(ranks, share), ranks.Count);
    }

    private static double Judge(double share, double score, Slope slope, int count)
    {
        if (share >= slope.Share)
        {
            return share;
        }

        double expected = slope.Scale > 0 ? slope.Share * Math.Exp(-(score - slope.Anchor) / slope.Scale) : 0;
        double floor = Score.ReportedProbability(count) * Math.Pow(share / LargestGap, 2) * Math.Max(
            1, count / UsualSize);
        return Math.Clamp(expected, Math.Min(floor, share), share);
    }

    // Where the tail of a share is taken to begin, and by how much more a score falls below it by one power of e.
    private static Slope SlopeAt(Ranks ranks, double share)
    {
        double anchorShare = Math.Min(share * Step, LargestAnchor);
        double referenceShare = Math.Min(anchorShare * Step, LargestReference);
        double anchor = At(ranks, anchorShare);
        return new Slope(
            anchorShare, anchor, (anchor - At(ranks, referenceShare)) / Math.Log(referenceShare / anchorShare));
    }

    // The score that a share of the rows reaches.
    private static double At(Ranks ranks, double share)
    {
        int place = Array.BinarySearch(ranks.Starts, Math.Clamp((int)((1 - share) * ranks.Count), 0, ranks.Count - 1));
        return ranks.Scores[place >= 0 ? place : ~place - 1];
    }

    // The distinct scores in ascending order, and before how many rows each comes up.
    private sealed record Ranks(double[] Scores, int[] Starts, int Count)
    {
        public static Ranks Of(ReadOnlySpan<double> scores, ReadOnlySpan<int> counts)
        {
            double[] sorted = scores.ToArray();
            int[] times = counts.ToArray();
            Array.Sort(sorted, times);
            int[] starts = new int[sorted.Length];
            int distinct = 0;
            int count = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                if (i == 0 || !sorted[i].Equals(sorted[distinct - 1]))
                {
                    (sorted[distinct], starts[distinct]) = (sorted[i], count);
                    distinct++;
                }

                count = checked(count + times[i]);
            }

            return new Ranks(sorted[..distinct], starts[..distinct], count);
        }
    }

    private readonly record struct Slope(double Share, double Anchor, double Scale);
}
