using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// How many findings of which score a history had, over how much log time: what a budget of alerts is turned into a
/// threshold with, and what says how many to expect above one.
/// </summary>
internal sealed class AlertHistory
{
    // A tenth of a point is the grain of a score.
    private const int Grain = 10;

    private readonly SortedDictionary<int, long> _counts = [];

    /// <summary>Days of log time that the findings are of.</summary>
    public double Days { get; private set; }

    /// <summary>Findings in all.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>Adds the findings of a run.</summary>
    /// <param name="scores">Their scores.</param>
    /// <param name="days">Days of log time of the run; less than one counts as one, for nothing can be said of a day
    /// otherwise.</param>
    public void Add(IEnumerable<double> scores, double days)
    {
        foreach (double score in scores)
        {
            int key = KeyOf(score);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }

        Days += Math.Max(days, 1);
    }

    /// <summary>Findings a day at or above a score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>The mean over the history; 0 where there is none.</returns>
    public double PerDayFrom(double score) =>
        Days > 0 ? _counts.Where(entry => entry.Key >= KeyOf(score)).Sum(entry => entry.Value) / Days : 0;

    /// <summary>The least score at and above which there were no more findings than a budget allows.</summary>
    /// <param name="perDay">The budget, findings a day.</param>
    /// <param name="least">The score that is not gone below.</param>
    /// <returns>The score; just above the gravest where even these are too many, so that a graver one is
    /// told.</returns>
    public double ScoreFor(double perDay, double least)
    {
        double sum = 0;
        foreach ((int key, long count) in _counts.Reverse())
        {
            sum += count;
            if (sum > perDay * Days)
            {
                return Math.Max((double)(key + 1) / Grain, least);
            }
        }

        return least;
    }

    /// <summary>Writes the history as one JSON object: days, and the number of findings by score.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("days", Math.Round(Days, 3));
        writer.WriteStartObject("scores");
        foreach ((int key, long count) in _counts)
        {
            writer.WriteNumber(((double)key / Grain).ToString("0.0", CultureInfo.InvariantCulture), count);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Adds a history that was written.</summary>
    /// <param name="element">The object.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public void Include(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("days", out JsonElement days)
            || !days.TryGetDouble(out double length)
            || length < 0
            || !element.TryGetProperty("scores", out JsonElement scores)
            || scores.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The history of alerts must have a number 'days' and an object 'scores'.");
        }

        foreach (JsonProperty entry in scores.EnumerateObject())
        {
            if (!double.TryParse(entry.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out double score)
                || score is < 0 or > 100
                || entry.Value.ValueKind != JsonValueKind.Number
                || !entry.Value.TryGetInt64(out long count)
                || count < 0)
            {
                throw new FormatException(
                    $"'{entry.Name}' in the history of alerts must be a score from 0 to 100 with a count.");
            }

            _counts[KeyOf(score)] = _counts.GetValueOrDefault(KeyOf(score)) + count;
        }

        Days += length;
    }

    private static int KeyOf(double score) => (int)Math.Round(score * Grain, MidpointRounding.AwayFromZero);
}
