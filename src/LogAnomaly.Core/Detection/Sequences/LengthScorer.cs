using System.Globalization;

namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// How surprising the number of events of a session is: by the share of normal sessions that are as short or as long,
/// and beyond the shortest and the longest of them by the factor that it lies farther out.
/// </summary>
internal sealed class LengthScorer : ISequenceScorer
{
    private readonly int[] _lengths;

    /// <summary>Learns from sessions.</summary>
    /// <param name="training">The sessions.</param>
    public LengthScorer(TrainingSessions training)
    {
        _lengths = [.. training.Sessions.Select(session => session.Events.Length)];
        Array.Sort(_lengths);
    }

    /// <inheritdoc/>
    public double Score(EncodedSequence sequence)
    {
        int length = sequence.Events.Length;
        int below = CountBelow(length + 1);
        int above = _lengths.Length - CountBelow(length);
        double share = Math.Min(1, 2 * (Math.Min(below, above) + 0.5) / (_lengths.Length + 1));
        double beyond = length < _lengths[0] ? (_lengths[0] + 1.0) / (length + 1.0)
            : length > _lengths[^1] ? (length + 1.0) / (_lengths[^1] + 1.0)
            : 1;
        return Math.Log(beyond) - Math.Log(share);
    }

    /// <inheritdoc/>
    public void Explain(EncodedSequence sequence, SequenceWords words, ICollection<Reason> found)
    {
        int length = sequence.Events.Length;
        int median = _lengths[_lengths.Length / 2];
        string typical = string.Create(
            CultureInfo.InvariantCulture, $"{_lengths[0]:N0} to {_lengths[^1]:N0}, mostly {median:N0}");
        found.Add(new Reason(
            length < median ? "ShortSession" : "LongSession",
            "Length",
            length.ToString("N0", CultureInfo.InvariantCulture),
            typical,
            Score(sequence),
            string.Create(
                CultureInfo.InvariantCulture, $"It has {length:N0} events; normal sessions have {typical}.")));
    }

    private int CountBelow(int length)
    {
        int low = 0;
        int high = _lengths.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _lengths[middle] < length ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
