using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A template that from some hour on comes more often, or less often, than its hours of the week let expect, without
/// being odd enough in any one of them. It listens to the <see cref="RateTable"/> that <see cref="RateChange"/> feeds.
/// </summary>
internal sealed class RateShift : CalibratedBehaviour, IRateListener
{
    private const int LeastHours = 48;
    private const int LeastTotal = 50;
    private const int LeastSteps = 4;
    private const double Tolerance = 1.2;
    private const double MostStep = 1;
    private const long Episode = 7 * TimeSpan.TicksPerDay;

    private readonly RateTable _table;
    private readonly Calibration _calibration = new();

    /// <summary>Creates it.</summary>
    /// <param name="table">Counts templates.</param>
    public RateShift(RateTable table)
    {
        _table = table;
        table.Listen(this);
    }

    /// <inheritdoc/>
    public override string Name => "RateShift";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => [_calibration];

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        // The table tells it of hours.
    }

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found)
    {
        // The table tells it of hours.
    }

    /// <inheritdoc/>
    public override void Forget(long utcTicks)
    {
        // The series belong to RateChange, which forgets them.
    }

    /// <inheritdoc/>
    public void CloseWindow(RateStream stream, RateSeries series, long window, ICollection<DetectorFinding> found)
    {
        // Five minutes are too short for a shift.
    }

    /// <inheritdoc/>
    public void CloseHour(
        RateStream stream, RateSeries series, int slot, long endTicks, ICollection<DetectorFinding> found)
    {
        if (series.Total < LeastTotal || series.Season.Count < LeastHours || stream.IsHourPartial)
        {
            return;
        }

        double high = series.Season.High(slot, series.IsWeekKnown);
        double low = series.Season.Low(slot, series.IsWeekKnown);
        Step(
            series,
            series.Up,
            Math.Log((series.HourCount + 1) / ((high * Tolerance) + 1)),
            endTicks,
            (slot, high),
            found);
        Step(
            series,
            series.Down,
            Math.Log(((low / Tolerance) + 1) / (series.HourCount + 1)),
            endTicks,
            (slot, low),
            found);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        _calibration.Write(writer, "judged");
        writer.WriteStartObject("streams");
        foreach ((string stream, IEnumerable<(string Text, RateSeries Series)> all) in _table.ToSorted())
        {
            writer.WriteStartObject(stream);
            foreach ((string text, RateSeries series) in all.Where(entry => entry.Series.Up.Peaks.Count > 0))
            {
                writer.WriteStartObject(text);
                writer.WriteString("kind", series.Kind.ToString());
                series.Down.Peaks.Write(writer, "down");
                series.Up.Peaks.Write(writer, "up");
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Include(JsonElement element)
    {
        _calibration.Include(element, "judged");
        foreach (JsonProperty stream in BehaviourJson.Members(element, "streams"))
        {
            foreach (JsonProperty member in BehaviourJson.Object(stream.Value).EnumerateObject())
            {
                if (_table.Restore(stream.Name, member) is { } series)
                {
                    series.Down.Peaks.Include(member.Value, "down");
                    series.Up.Peaks.Include(member.Value, "up");
                }
            }
        }
    }

    private void Step(
        RateSeries series,
        DriftSum drift,
        double excess,
        long endTicks,
        (int Slot, double Usual) usual,
        ICollection<DetectorFinding> found)
    {
        double probability = drift.Add(
            Math.Clamp(excess, -MostStep, MostStep), endTicks - TimeSpan.TicksPerHour, _calibration);
        if (drift.Steps < LeastSteps || !_calibration.IsSure(probability) || endTicks < series.ShiftedUntil
            || series.Last is not { } last)
        {
            return;
        }

        bool isUp = ReferenceEquals(drift, series.Up);
        string text = _table.Index.TextOf(series.Template);
        string typical = $"{(isUp ? "up to" : "at least")} {Findings.Say(usual.Usual)} an hour";
        string sentence = DurationWords.Say(
            $"{Findings.Quote(text)} comes {(isUp ? "more" : "less")} often since {Findings.Time(drift.Since, last)}{Findings.OnHost(last)}, {series.HourCount} times in the last hour; on {Season.Say(usual.Slot)} {typical} are usual.");
        Reason reason = new(
            isUp ? "RateRise" : "RateFall", "Rate", $"{series.HourCount} an hour", typical, 1, sentence);
        series.ShiftedUntil = endTicks + Episode;
        found.Add(new FindingDraft(
            Name,
            series.Kind,
            probability,
            isUp ? "A message comes more often" : "A message comes less often",
            reason,
            last.HostName is null ? null : "HostName",
            last.HostName).Build(drift.Since, endTicks, series.HourCount, [last]));
        drift.End(_calibration);
    }
}
