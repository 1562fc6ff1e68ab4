using System.Globalization;

namespace LogAnomaly.Detection.Sequences;

/// <summary>Words for the events of one session that is being explained.</summary>
internal sealed class SequenceWords
{
    private readonly EventVocabulary _vocabulary;
    private readonly LogSequence _sequence;

    /// <summary>Creates the words.</summary>
    /// <param name="vocabulary">The events of the training sessions.</param>
    /// <param name="sequence">The session that is explained.</param>
    public SequenceWords(EventVocabulary vocabulary, LogSequence sequence)
    {
        _vocabulary = vocabulary;
        _sequence = sequence;
    }

    /// <summary>The name of an event, with its number in the session below 0 for the session's start and end.</summary>
    /// <param name="number">Number of the event.</param>
    /// <returns>Such as <c>event 22</c>.</returns>
    public string Event(int number) => number switch
    {
        PairNovelty.Start => "the start",
        PairNovelty.End => "the end",
        _ => "event " + Name(number),
    };

    /// <summary>The bare name of an event.</summary>
    /// <param name="number">Number of the event.</param>
    /// <returns>The name.</returns>
    public string Name(int number) => _vocabulary.NameOf(number, _sequence);

    /// <summary>What a session is called.</summary>
    /// <param name="sequence">The session.</param>
    /// <returns>Its id, or that it has none.</returns>
    public static string Session(EncodedSequence sequence) =>
        sequence.Id is { } id ? $"session '{id}'" : "a session of the training data";

    /// <summary>How often something comes.</summary>
    /// <param name="count">The count.</param>
    /// <returns>Such as <c>3 times</c>.</returns>
    public static string Times(int count) => count switch
    {
        0 => "never",
        1 => "once",
        2 => "twice",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count:N0} times"),
    };
}
