using LogAnomaly.Templates;

namespace LogAnomaly.Features;

/// <summary>
/// Turns events into rows of numbers by what it learned from others: fitted once on the training part, it encodes what
/// comes later without looking ahead, and can be kept as JSON (<see cref="FeatureEncoderJson"/>). Each kind of event
/// has columns of its own: the features that the detectors read, categorical ones as bits with an unknown class
/// (<c>Unknown</c> counts the fields of the row that are of it), the classes and the entropy of the message's
/// characters, hour and weekday as points on a circle, and the tf-idf of the vocabulary's terms
/// (<see cref="TermVocabulary"/>). Never changes once made; serves many threads, as far as its events' templates were
/// mined before.
/// </summary>
public sealed class FeatureEncoder
{
    private const int MostTerms = 65_536;

    private static readonly string[] s_further =
    [
        "Unknown", "DigitShare", "UpperShare", "SignShare", "NonAsciiShare", "MessageEntropy", "HourSin", "HourCos",
        "WeekSin", "WeekCos",
    ];

    private readonly Dictionary<LogKind, CategoryCounts?[]> _kinds;

    /// <summary>Creates an encoder.</summary>
    /// <param name="kinds">The encodings by kind, one for each feature of the kind, null for numeric ones.</param>
    /// <param name="vocabulary">The terms.</param>
    /// <param name="termSource">Where terms come from.</param>
    internal FeatureEncoder(
        Dictionary<LogKind, CategoryCounts?[]> kinds, TermVocabulary vocabulary, TermSource termSource)
    {
        _kinds = kinds;
        Vocabulary = vocabulary;
        TermSource = termSource;
    }

    /// <summary>The terms of the tf-idf columns.</summary>
    public TermVocabulary Vocabulary { get; }

    /// <summary>Where terms come from.</summary>
    public TermSource TermSource { get; }

    /// <summary>The encodings by kind.</summary>
    internal IReadOnlyDictionary<LogKind, CategoryCounts?[]> Kinds => _kinds;

    /// <summary>Learns from events.</summary>
    /// <param name="training">The events, their templates mined (<see cref="TemplateMiner"/>).</param>
    /// <param name="options">Number and source of terms, and values that are kept; null for the defaults.</param>
    /// <returns>The encoder.</returns>
    public static FeatureEncoder Fit(IReadOnlyList<LogEvent> training, FeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureOptions how = options ?? new FeatureOptions();
        Dictionary<LogKind, CategoryCounts?[]> kinds = [];
        Dictionary<string, long> rowsWith = new(StringComparer.Ordinal);
        Dictionary<string, long> terms = new(StringComparer.Ordinal);
        foreach (LogEvent logEvent in training)
        {
            IReadOnlyList<EventFeature> features = EventFeatureSet.For(logEvent.Kind);
            if (!kinds.TryGetValue(logEvent.Kind, out CategoryCounts?[]? counts))
            {
                counts = NewCounts(features, how.MaximumValues);
                kinds.Add(logEvent.Kind, counts);
            }

            for (int column = 0; column < counts.Length; column++)
            {
                counts[column]?.Learn(features[column].Category!(logEvent));
            }

            if (how.Terms > 0)
            {
                CountRow(logEvent, how.TermSource, terms, rowsWith);
            }
        }

        return new FeatureEncoder(kinds, TermVocabulary.Choose(rowsWith, training.Count, how.Terms), how.TermSource);
    }

    /// <summary>Names of the columns of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The names.</returns>
    public IReadOnlyList<string> NamesOf(LogKind kind) =>
        [
            .. EventFeatureSet.For(kind).Select(feature => feature.Name),
            .. s_further,
            .. Vocabulary.Terms.Select(TermColumn),
        ];

    /// <summary>Encodes events of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="events">The events, their templates mined.</param>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>A row for each event, with the columns of <see cref="NamesOf"/>. A kind that was not learned has
    /// unknown values only.</returns>
    public FeatureMatrix Encode(LogKind kind, IReadOnlyList<LogEvent> events, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        IReadOnlyList<string> names = NamesOf(kind);
        IReadOnlyList<EventFeature> features = EventFeatureSet.For(kind);
        CategoryCounts?[] counts = _kinds.GetValueOrDefault(kind) ?? NewCounts(features, 0);
        float[] values = new float[checked(events.Count * names.Count)];
        Dictionary<string, long> terms = new(StringComparer.Ordinal);
        for (int row = 0; row < events.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> place = values.AsSpan(row * names.Count, names.Count);
            Fill(events[row], features, counts, place);
            if (Vocabulary.Terms.Count > 0)
            {
                terms.Clear();
                CountTerms(events[row], TermSource, terms);
                Vocabulary.Fill(terms, place[(features.Count + s_further.Length)..]);
            }
        }

        return new FeatureMatrix(names, values);
    }

    /// <summary>Name of the column of a term.</summary>
    /// <param name="term">The term.</param>
    /// <returns>The name.</returns>
    internal static string TermColumn(string term) => "Term:" + term;

    /// <summary>Counts the terms of an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="source">Where terms come from.</param>
    /// <param name="terms">Takes the counts.</param>
    internal static void CountTerms(LogEvent logEvent, TermSource source, Dictionary<string, long> terms) =>
        TermReader.Count(
            source == TermSource.Template
                ? System.Text.Encoding.UTF8.GetBytes(logEvent.Mined?.Text ?? "")
                : logEvent.MessageSpan,
            terms,
            MostTerms);

    /// <summary>An encoding for each categorical feature, which knows nothing yet.</summary>
    /// <param name="features">The features.</param>
    /// <param name="maximum">Values that an encoding keeps.</param>
    /// <returns>The encodings; null for numeric features.</returns>
    internal static CategoryCounts?[] NewCounts(IReadOnlyList<EventFeature> features, int maximum) =>
        [.. features.Select(feature => feature.Category is null ? null : new CategoryCounts(maximum))];

    private static void CountRow(
        LogEvent logEvent, TermSource source, Dictionary<string, long> terms, Dictionary<string, long> rowsWith)
    {
        terms.Clear();
        CountTerms(logEvent, source, terms);
        foreach (string term in terms.Keys)
        {
            if (rowsWith.Count < MostTerms || rowsWith.ContainsKey(term))
            {
                rowsWith[term] = rowsWith.GetValueOrDefault(term) + 1;
            }
        }
    }

    private static void Fill(
        LogEvent logEvent, IReadOnlyList<EventFeature> features, CategoryCounts?[] counts, Span<float> row)
    {
        int unknown = 0;
        for (int column = 0; column < features.Count; column++)
        {
            if (counts[column] is not { } known)
            {
                row[column] = features[column].Number!(logEvent);
                continue;
            }

            row[column] = known.Encode(features[column].Category!(logEvent), out bool isKnown);
            unknown += isKnown ? 0 : 1;
        }

        MessageText text = MessageText.Of(logEvent.MessageSpan);
        Span<float> further = row[features.Count..];
        further[0] = unknown;
        further[1] = (float)text.Digits;
        further[2] = (float)text.Upper;
        further[3] = (float)text.Symbols;
        further[4] = (float)text.NonAscii;
        further[5] = (float)text.Entropy;
        if (logEvent.Timestamp is { } time)
        {
            double hour = time.TimeOfDay.TotalHours / 24 * Math.Tau;
            double day = ((int)time.DayOfWeek + (time.TimeOfDay.TotalDays % 1)) / 7 * Math.Tau;
            further[6] = (float)Math.Sin(hour);
            further[7] = (float)Math.Cos(hour);
            further[8] = (float)Math.Sin(day);
            further[9] = (float)Math.Cos(day);
        }
    }
}
