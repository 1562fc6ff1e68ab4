using System.Globalization;
using System.Text.Json;
using LogAnomaly.Detection;
using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>
/// What the events of one kind and one learning period looked like: how often each value came, and a model of the rows
/// that they make. It judges an event by itself, as it comes. The template is not among its columns: new and rare
/// templates are a behaviour.
/// </summary>
internal sealed class EventProfile
{
    private const int MostTexts = 1_000;
    private const int MostTrainingRows = 100_000;
    private const int LeastEvents = 200;
    private const int MostReasons = 4;
    private const double RareShare = 0.1;

    private readonly EventFeature[] _features;
    private readonly CategoryCounts?[] _counts;
    private readonly ILogDetectorModel _model;
    private readonly (float Low, float High)[] _usual;
    private readonly string[] _names;
    private readonly long[] _once;

    private EventProfile(
        LogKind kind, CategoryCounts?[] counts, long[] once, ILogDetectorModel model, (float, float)[] usual)
    {
        _features = FeaturesOf(kind);
        _counts = counts;
        _model = model;
        _usual = usual;
        _once = once;
        _names = [.. _features.Select(feature => feature.Name)];
        Kind = kind;
    }

    /// <summary>Kind of the events.</summary>
    public LogKind Kind { get; }

    /// <summary>Events that it learned from.</summary>
    public long Events { get; private init; }

    /// <summary>UTC ticks of the earliest of them.</summary>
    public long From { get; private init; }

    /// <summary>UTC ticks of the latest of them.</summary>
    public long To { get; private init; }

    /// <summary>Events a day, at least one.</summary>
    public double PerDay => Math.Max(1, Events / Math.Max(1, new TimeSpan(To - From).TotalDays));

    /// <summary>Learns from events.</summary>
    /// <param name="rows">The events.</param>
    /// <param name="from">UTC ticks of the earliest.</param>
    /// <param name="to">UTC ticks of the latest.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The profile, or null where there are too few events to learn from.</returns>
    public static EventProfile? Learn(EventRows rows, long from, long to, CancellationToken cancellation)
    {
        if (rows.Count < LeastEvents)
        {
            return null;
        }

        EventRowTable table = rows.Build(cancellation);
        EventFeature[] features = FeaturesOf(rows.Kind);
        int[] columns = [.. features.Select(feature => table.ColumnOf(feature.Name))];
        CategoryCounts?[] counts = new CategoryCounts?[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            counts[i] = features[i].Category is null ? null : CountsOf(table, columns[i]);
        }

        float[] distinct = Encode(table, columns, counts);
        FeatureMatrix training = Training(table, [.. features.Select(feature => feature.Name)], distinct);
        ILogDetectorModel model = new IsolationForest().Train(training, cancellation);
        (float, float)[] usual = [.. columns.Select(column => WeightedColumn.Of(table, column))
            .Select(column => (column.Quantile(0.05), column.Quantile(0.95)))];
        long[] once = [.. columns.Select(column => table.CountsOf(column).LongCount(entry => entry.Count == 1))];
        return new EventProfile(rows.Kind, counts, once, model, usual) { Events = rows.Count, From = from, To = to };
    }

    /// <summary>How probable an event as odd as this is.</summary>
    /// <param name="logEvent">An event of the kind.</param>
    /// <param name="detector">The detector whose say weighs most.</param>
    /// <returns>The tail probability, above 0 and at most 1.</returns>
    public double ProbabilityOf(LogEvent logEvent, out string detector)
    {
        Span<float> row = stackalloc float[_features.Length];
        Span<double> shares = stackalloc double[_features.Length];
        Fill(logEvent, row, shares);
        double isolated = _model.TailProbability(_model.Score(row));
        double novel = ValueNovelty.Combine(_names, shares);
        detector = novel < isolated ? ValueNovelty.Name : _model.Name;
        
        // Where nothing is new there is nothing to say, neither for the event nor against it.
        return Score.Combine([isolated, Math.Min(novel, 0.5)]);
    }

    /// <summary>Why an event is odd.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>At least one reason, the weightiest first; their contributions add up to 1.</returns>
    public IReadOnlyList<Reason> ReasonsFor(LogEvent logEvent)
    {
        float[] row = new float[_features.Length];
        double[] shares = new double[_features.Length];
        Fill(logEvent, row, shares);
        double[] weights = Weigh(row, shares);
        int[] ranked =
        [
            .. Enumerable.Range(0, row.Length)
                .Where(column => weights[column] > 0 && StandsOut(column, row[column]))
                .OrderByDescending(column => weights[column])
                .ThenBy(column => column)
                .Take(MostReasons),
        ];
        double sum = ranked.Sum(column => weights[column]);
        return ranked.Length == 0
            ? [Combination(weights)]
            : Array.ConvertAll(ranked, column => ReasonFor(logEvent, column, row[column], weights[column] / sum));
    }

    /// <summary>What would make an event usual.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>A sentence, or null where nothing short does.</returns>
    public string? NormalIf(LogEvent logEvent)
    {
        float[] row = new float[_features.Length];
        double[] shares = new double[row.Length];
        Fill(logEvent, row, shares);
        if (Counterfactual.Find(_model, row) is { Changes.Count: > 0 } found)
        {
            return NormalSentence.Of(found, TextNear);
        }

        return NormalSentence.Of([.. Enumerable.Range(0, row.Length)
            .Where(column => shares[column] < 1)
            .Select(column => (_names[column], _counts[column]!.Entries.FirstOrDefault().Name ?? ""))]);
    }

    /// <summary>Writes the profile as one JSON object.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", Kind.ToString());
        writer.WriteNumber("events", Events);
        writer.WriteString("from", new DateTime(From, DateTimeKind.Utc));
        writer.WriteString("to", new DateTime(To, DateTimeKind.Utc));
        writer.WriteStartObject("columns");
        for (int column = 0; column < _features.Length; column++)
        {
            writer.WriteStartObject(_features[column].Name);
            writer.WriteNumber("low", _usual[column].Low);
            writer.WriteNumber("high", _usual[column].High);
            if (_counts[column] is { } counts)
            {
                writer.WriteNumber("total", counts.Total);
                writer.WriteNumber("once", _once[column]);
                writer.WriteStartObject("values");
                foreach (NameCount entry in counts.Entries)
                {
                    writer.WriteNumber(entry.Name, entry.Count);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WritePropertyName("model");
        _model.Write(writer);
        writer.WriteEndObject();
    }

    /// <summary>Reads a profile.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static EventProfile Read(JsonElement element)
    {
        string name = ModelArrays.Property(element, "kind", JsonValueKind.String).GetString()!;
        if (!Enum.TryParse(name, out LogKind kind) || !Enum.IsDefined(kind))
        {
            throw new FormatException($"There is no kind of events '{name}'.");
        }

        EventFeature[] features = FeaturesOf(kind);
        JsonElement columns = ModelArrays.Property(element, "columns", JsonValueKind.Object);
        CategoryCounts?[] counts = new CategoryCounts?[features.Length];
        (float, float)[] usual = new (float, float)[features.Length];
        long[] once = new long[features.Length];
        for (int column = 0; column < features.Length; column++)
        {
            JsonElement part = ModelArrays.Property(columns, features[column].Name, JsonValueKind.Object);
            usual[column] = ((float)ModelArrays.ReadDouble(part, "low"), (float)ModelArrays.ReadDouble(part, "high"));
            counts[column] = features[column].Category is null ? null : ReadCounts(part);
            once[column] = features[column].Category is null ? 0 : ModelArrays.ReadInt(part, "once", 0, int.MaxValue);
        }

        ILogDetectorModel model = LogDetectors.Read(ModelArrays.Property(element, "model", JsonValueKind.Object));
        if (!model.Columns.SequenceEqual(features.Select(feature => feature.Name)))
        {
            throw new FormatException($"The model of {kind} has other columns than this version of the module.");
        }

        return new EventProfile(kind, counts, once, model, usual)
        {
            Events = ModelArrays.ReadInt(element, "events", 1, int.MaxValue),
            From = TicksOf(element, "from"),
            To = TicksOf(element, "to"),
        };
    }

    private static long TicksOf(JsonElement element, string name) =>
        ModelArrays.Property(element, name, JsonValueKind.String).TryGetDateTime(out DateTime time)
            ? time.ToUniversalTime().Ticks
            : throw new FormatException($"'{name}' is no time.");

    private static CategoryCounts ReadCounts(JsonElement part)
    {
        CategoryCounts counts = new(MostTexts);
        foreach (JsonProperty entry in ModelArrays.Property(part, "values", JsonValueKind.Object).EnumerateObject())
        {
            counts.Learn(entry.Name, entry.Value.TryGetInt64(out long count) && count > 0
                ? count
                : throw new FormatException($"The count of '{entry.Name}' is none."));
        }

        counts.LearnFurther(Math.Max(0, (long)ModelArrays.ReadDouble(part, "total") - counts.Total));
        return counts;
    }

    private static EventFeature[] FeaturesOf(LogKind kind) =>
        [.. EventFeatureSet.For(kind).Where(feature => feature.Name != RareTemplate.Column)];

    // A value that came once was new when it came: it is learned as one that is not known, so that it is known what new
    // ones look like.
    private static CategoryCounts CountsOf(EventRowTable table, int column)
    {
        CategoryCounts counts = new(MostTexts);
        foreach ((string? text, int count) in table.CountsOf(column)
            .OrderByDescending(entry => entry.Count)
            .ThenBy(entry => entry.Text, StringComparer.Ordinal))
        {
            if (count > 1)
            {
                counts.Learn(text, count);
            }
            else
            {
                counts.LearnFurther(1);
            }
        }

        return counts;
    }

    private static float[] Encode(EventRowTable table, int[] columns, CategoryCounts?[] counts)
    {
        float[] values = new float[table.Matrix.RowCount * columns.Length];
        for (int row = 0; row < table.Matrix.RowCount; row++)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                values[(row * columns.Length) + i] = counts[i] is { } known
                    ? known.Encode(table.Describe(row, columns[i]).Text, out _)
                    : table.Matrix.Row(row)[columns[i]];
            }
        }

        return values;
    }

    private static FeatureMatrix Training(EventRowTable table, string[] names, float[] distinct)
    {
        int count = Math.Min(table.EventCount, MostTrainingRows);
        float[] values = new float[count * names.Length];
        for (int i = 0; i < count; i++)
        {
            int row = table.RowOf((int)((long)i * table.EventCount / count));
            distinct.AsSpan(row * names.Length, names.Length).CopyTo(values.AsSpan(i * names.Length));
        }

        return new FeatureMatrix(names, values);
    }

    private void Fill(LogEvent logEvent, Span<float> row, Span<double> newShares)
    {
        for (int column = 0; column < row.Length; column++)
        {
            newShares[column] = 1;
            if (_counts[column] is not { } known)
            {
                row[column] = _features[column].Number!(logEvent);
                continue;
            }

            row[column] = known.Encode(_features[column].Category!(logEvent), out bool isKnown);
            newShares[column] = isKnown ? 1 : ValueNovelty.ShareOf(_once[column], known.Total);
        }
    }

    private double[] Weigh(float[] row, double[] newShares)
    {
        IReadOnlyList<double> shares = _model.Explain(row);
        double positive = Math.Max(shares.Sum(share => Math.Max(share, 0)), double.Epsilon);
        double decades = -Math.Log10(_model.TailProbability(_model.Score(row)));
        double[] weights = new double[row.Length];
        for (int column = 0; column < weights.Length; column++)
        {
            weights[column] = (Math.Max(shares[column], 0) / positive * decades) - Math.Log10(newShares[column]);
        }

        return weights;
    }

    // A value that one event in ten shares is nothing to speak of.
    private bool StandsOut(int column, float value) => _counts[column] is not null
        ? value > -MathF.Log2((float)RareShare)
        : value < _usual[column].Low || value > _usual[column].High;

    private Reason Combination(double[] weights)
    {
        string names = string.Join(", ", Enumerable.Range(0, weights.Length)
            .OrderByDescending(column => weights[column])
            .Take(3)
            .Select(column => _features[column].Name));
        return new Reason(
            "UnusualCombination", names.Split(',')[0], names, "", 1,
            $"No value stands out by itself; it is the combination of {names} that is less usual than in the "
                + "baseline.");
    }

    private Reason ReasonFor(LogEvent logEvent, int column, float value, double contribution)
    {
        string name = _features[column].Name;
        if (_counts[column] is not { } counts)
        {
            (float low, float high) = _usual[column];
            string observed = FeatureText.Of(name, value);
            string typical = low.Equals(high)
                ? FeatureText.Of(name, low)
                : $"{FeatureText.Of(name, low)} to {FeatureText.Of(name, high)}";
            return new Reason(
                "UnusualNumber", name, observed, typical, contribution,
                $"{FeatureText.SubjectOf(name, "event")} {observed}; in nine of ten events of the baseline it is "
                    + $"{typical}.");
        }

        string? text = _features[column].Category!(logEvent);
        string shown = string.IsNullOrEmpty(text) ? "(none)"
            : text.Length <= 120 ? text
            : string.Concat(text.AsSpan(0, 120), "…");
        NameCount most = counts.Entries.FirstOrDefault();
        counts.Encode(text, out bool isKnown);
        long count = isKnown ? counts.Entries.First(entry => entry.Name == (text ?? "")).Count : 0;
        string share = string.Create(CultureInfo.InvariantCulture, $"{count:N0} of {counts.Total:N0}");
        return new Reason(
            isKnown ? "RareValue" : "UnknownValue", name, shown,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(string.IsNullOrEmpty(most.Name) ? "(none)" : most.Name)} ({most.Count:N0})"),
            contribution,
            isKnown
                ? $"{name} is \"{shown}\" in only {share} events of the baseline."
                : $"{name} is \"{shown}\", which the baseline does not know as usual.");
    }

    private string TextNear(int column, float number)
    {
        if (_counts[column] is not { } counts)
        {
            return FeatureText.Of(_features[column].Name, number);
        }

        NameCount nearest =
            counts.Entries.OrderBy(entry => Math.Abs(counts.Encode(entry.Name, out _) - number)).FirstOrDefault();
        return string.IsNullOrEmpty(nearest.Name) ? "(none)" : nearest.Name;
    }
}
