using System.Globalization;

namespace LogAnomaly.Detection.Sequences;

/// <summary>How surprising the events of a session are that no normal session has.</summary>
internal sealed class NewEventScorer : ISequenceScorer
{
    private readonly TrainingSessions _training;

    /// <summary>Learns from sessions.</summary>
    /// <param name="training">The sessions.</param>
    public NewEventScorer(TrainingSessions training) => _training = training;

    /// <inheritdoc/>
    public double Score(EncodedSequence sequence) =>
        sequence.Counts.Count(count => !_training.Knows(count.Event)) * _training.SurpriseOfNewEvent();

    /// <inheritdoc/>
    public void Explain(EncodedSequence sequence, SequenceWords words, ICollection<Reason> found)
    {
        foreach (EventCount count in sequence.Counts.Where(count => !_training.Knows(count.Event)))
        {
            string observed = SequenceWords.Times(count.Count);
            found.Add(new Reason(
                "NewEvent", words.Name(count.Event), observed, "never", _training.SurpriseOfNewEvent(),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Event {words.Name(count.Event)} came {observed}; none of {_training.Sessions.Count:N0} normal sessions has it. It would be normal without.")));
        }
    }
}
