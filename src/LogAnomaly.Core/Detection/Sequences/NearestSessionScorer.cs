using System.Globalization;

namespace LogAnomaly.Detection.Sequences;

/// <summary>How many events more or fewer a session has than the normal session that is most like it.</summary>
internal sealed class NearestSessionScorer : ISequenceScorer
{
    private const int MostNamed = 6;

    private readonly TrainingSessions _training;

    /// <summary>Learns from sessions.</summary>
    /// <param name="training">The sessions.</param>
    public NearestSessionScorer(TrainingSessions training) => _training = training;

    /// <inheritdoc/>
    public double Score(EncodedSequence sequence)
    {
        _training.Vectors.Nearest(sequence, out int distance);
        return distance;
    }

    /// <inheritdoc/>
    public void Explain(EncodedSequence sequence, SequenceWords words, ICollection<Reason> found)
    {
        CountVector nearest = _training.Vectors.Nearest(sequence, out int distance);
        if (distance == 0)
        {
            return;
        }

        List<string> changes = [];
        foreach (int number in sequence.Counts.Concat(nearest.Example.Counts)
            .Select(count => count.Event).Distinct().Order())
        {
            int has = sequence.CountOf(number);
            int normal = nearest.Example.CountOf(number);
            if (has != normal)
            {
                changes.Add(
                    $"{words.Event(number)} came {SequenceWords.Times(normal)} and not "
                        + $"{SequenceWords.Times(has).Replace("never", "at no time", StringComparison.Ordinal)}");
            }
        }

        string more = changes.Count > MostNamed
            ? string.Create(
                CultureInfo.InvariantCulture, $", and {changes.Count - MostNamed:N0} more events as often as there")
            : "";
        found.Add(new Reason(
            "NearestSession",
            "Counts",
            string.Create(CultureInfo.InvariantCulture, $"{distance:N0} events apart"),
            SequenceWords.Session(nearest.Example),
            distance,
            $"It would be normal, as {SequenceWords.Session(nearest.Example)} is, if "
                + $"{string.Join(", ", changes.Take(MostNamed))}{more}."));
    }
}
