using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A number, such as the time or the bytes of an answer, whose level changes from some hour on and stays changed.
/// Hourly means of its logarithm are compared with their own mean and spread so far. Keeps up to
/// <see cref="MostSeries"/> numbers of templates.
/// </summary>
/// <param name="index">Numbers of templates.</param>
internal sealed class ValueShift(TemplateIndex index) : CalibratedBehaviour
{
    /// <summary>Series that are kept.</summary>
    public const int MostSeries = 2_000;

    private const int LeastValues = 5;
    private const int LeastHours = 48;
    private const int LeastSteps = 4;
    private const int MostMemory = 168;
    private const double Tolerance = 0.5;
    private const double MostStep = 3;
    private const double MostLearned = 1.5;
    private const double LeastVariance = 0.0025;

    private static readonly string[] s_fields = ["DurationMs", "BytesSent"];

    private readonly Dictionary<(int Template, int Field), Series> _series = [];
    private readonly Calibration _calibration = new();
    private readonly (int Template, Series? Series)[] _last = [(-1, null), (-1, null)];

    /// <inheritdoc/>
    public override string Name => "ValueShift";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => [_calibration];

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        if (logEvent.UtcTicks < 0 || logEvent.Kind is not (LogKind.Access or LogKind.Record))
        {
            return;
        }

        (double? duration, double? bytes) = logEvent switch
        {
            AccessEvent request => (request.DurationMs, (double?)request.BytesSent),
            RecordEvent record => (record.DurationMs, null),
            _ => (null, null),
        };
        if (duration is null && bytes is null)
        {
            return;
        }

        int template = index.Of(logEvent);
        Take(template, 0, duration, logEvent, found);
        Take(template, 1, bytes, logEvent, found);
    }

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found)
    {
        foreach (((int template, int field), Series series) in _series)
        {
            Close(template, field, series, found);
            series.Hour = -1;
            series.Example = null;
        }
    }

    /// <inheritdoc/>
    public override void Forget(long utcTicks)
    {
        foreach (((int, int) key, Series series) in _series.ToArray())
        {
            if (series.Last < utcTicks)
            {
                _series.Remove(key);
            }
        }

        _last[0] = _last[1] = (-1, null);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        _calibration.Write(writer, "judged");
        for (int field = 0; field < s_fields.Length; field++)
        {
            writer.WriteStartObject(s_fields[field]);
            foreach ((string text, Series series) in _series
                .Where(entry => entry.Key.Field == field && entry.Value.Hours > 0)
                .Select(entry => (Text: index.TextOf(entry.Key.Template), entry.Value))
                .DistinctBy(entry => entry.Text)
                .OrderBy(entry => entry.Text, StringComparer.Ordinal))
            {
                writer.WriteStartObject(text);
                BehaviourJson.WriteTime(writer, "last", series.Last);
                writer.WriteString("level", BehaviourJson.Join(series.Hours, [series.Mean, series.Variance]));
                series.Down.Peaks.Write(writer, "down");
                series.Up.Peaks.Write(writer, "up");
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Include(JsonElement element)
    {
        _calibration.Include(element, "judged");
        for (int field = 0; field < s_fields.Length; field++)
        {
            foreach (JsonProperty member in BehaviourJson.Members(element, s_fields[field]))
            {
                int template = index.Of(member.Name);
                double[] level = BehaviourJson.Numbers(member.Value, "level");
                if (level.Length == 3 && Find(template, field) is { } series)
                {
                    series.Include((int)level[0], level[1], level[2]);
                    series.Last = Math.Max(series.Last, BehaviourJson.Time(member.Value, "last"));
                    series.Down.Peaks.Include(member.Value, "down");
                    series.Up.Peaks.Include(member.Value, "up");
                }
            }
        }
    }

    private Series? Find(int template, int field)
    {
        if (_last[field].Template == template)
        {
            return _last[field].Series;
        }

        if (template >= 0 && !_series.ContainsKey((template, field)) && _series.Count < MostSeries)
        {
            _series.Add((template, field), new Series());
        }

        _last[field] = (template, _series.GetValueOrDefault((template, field)));
        return _last[field].Series;
    }

    private void Take(int template, int field, double? value, LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        if (value is not { } number || number < 0 || Find(template, field) is not { } series)
        {
            return;
        }

        long hour = logEvent.UtcTicks / TimeSpan.TicksPerHour;
        if (hour > series.Hour || hour < series.Hour - 1)
        {
            Close(template, field, series, found);
            series.Hour = hour;
        }

        double logarithm = Math.Log(number + 1);
        series.Count++;
        series.Sum += logarithm;
        series.Squares += logarithm * logarithm;
        series.Last = logEvent.UtcTicks;
        series.Example = logEvent;
    }

    private void Close(int template, int field, Series series, ICollection<DetectorFinding> found)
    {
        if (series.Count >= LeastValues)
        {
            double mean = series.Sum / series.Count;
            double within = Math.Max((series.Squares / series.Count) - (mean * mean), 0) / series.Count;
            double spread = Math.Sqrt(Math.Max(series.Variance, LeastVariance) + within);
            if (series.Hours >= LeastHours)
            {
                double distance = (mean - series.Mean) / spread;
                Step(template, field, series, series.Up, distance - Tolerance, mean, found);
                Step(template, field, series, series.Down, -distance - Tolerance, mean, found);
            }

            series.Learn(mean, spread);
        }

        (series.Count, series.Sum, series.Squares) = (0, 0, 0);
    }

    private void Step(
        int template,
        int field,
        Series series,
        DriftSum drift,
        double step,
        double mean,
        ICollection<DetectorFinding> found)
    {
        long end = (series.Hour + 1) * TimeSpan.TicksPerHour;
        double probability = drift.Add(
            Math.Clamp(step, -MostStep, MostStep), end - TimeSpan.TicksPerHour, _calibration);
        if (drift.Steps < LeastSteps || !_calibration.IsSure(probability) || series.Example is not { } example)
        {
            return;
        }

        bool isUp = ReferenceEquals(drift, series.Up);
        string observed = Findings.Say(Math.Exp(mean) - 1);
        string typical = Findings.Say(Math.Exp(series.Mean) - 1);
        string sentence = DurationWords.Say(
            $"{s_fields[field]} of {Findings.Quote(index.TextOf(template))} is {(isUp ? "greater" : "less")} since {Findings.Time(drift.Since, example)}: {observed} in the last hour, where {typical} was usual.");
        Reason reason = new(isUp ? "ValueRise" : "ValueFall", s_fields[field], observed, typical, 1, sentence);
        found.Add(new FindingDraft(
            Name, example.Kind, probability, $"{s_fields[field]} changed its level", reason, null, null)
            .Build(drift.Since, end, series.Count, [example]));
        series.Restart(mean);
        drift.End(_calibration);
    }

    private sealed class Series
    {
        public long Hour { get; set; } = -1;

        public long Last { get; set; } = -1;

        public LogEvent? Example { get; set; }

        public int Count { get; set; }

        public double Sum { get; set; }

        public double Squares { get; set; }

        public int Hours { get; private set; }

        public double Mean { get; private set; }

        public double Variance { get; private set; }

        public DriftSum Up { get; } = new();

        public DriftSum Down { get; } = new();

        // An hour far out moves mean and spread little, so that a shift does not hide itself before it is told.
        public void Learn(double mean, double spread)
        {
            Hours++;
            double weight = 1.0 / Math.Min(Hours, MostMemory);
            double step = Hours < LeastHours / 4
                ? mean - Mean
                : Math.Clamp(mean - Mean, -MostLearned * spread, MostLearned * spread);
            Variance = (1 - weight) * (Variance + (weight * step * step));
            Mean += weight * step;
        }

        // The new level is usual from now on, the spread is kept.
        public void Restart(double mean) => (Mean, Hours) = (mean, LeastHours / 2);

        public void Include(int hours, double mean, double variance)
        {
            int total = Hours + hours;
            double apart = mean - Mean;
            double share = total == 0 ? 0 : (double)hours / total;
            Variance = ((1 - share) * Variance) + (share * variance) + (share * (1 - share) * apart * apart);
            Mean += share * apart;
            Hours = total;
        }
    }
}
