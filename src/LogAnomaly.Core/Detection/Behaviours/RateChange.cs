using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A template that comes far more often in five minutes, far less often in an hour, or not at all, compared with what
/// its hour of the week lets expect and with how far it ever strayed from that. Its own records bear the burstiness
/// that a Poisson or negative binomial model would need a parameter for; while counts are small the tail beyond them is
/// taken to be heavy, since retries come in bursts.
/// </summary>
internal sealed class RateChange : CalibratedBehaviour, IRateListener
{
    private const int LeastWindows = 20;
    private const int LeastHours = 48;
    private const int LeastTotal = 50;
    private const double LeastLull = 20;
    private const double LeastMissed = 10;
    private const double SmallCountSlope = 2;
    private const double CountsForSlope = 5;
    private const double SteepestLull = 4;
    private const double SteepestGap = 2;
    private const long Episode = TimeSpan.TicksPerHour;

    private readonly RateTable _table;
    private readonly Calibration _bursts = new();
    private readonly Calibration _lulls = new();
    private readonly Calibration _gaps = new();

    /// <summary>Creates it.</summary>
    /// <param name="table">Counts templates; it is fed by this behaviour and belongs to its part of a baseline.</param>
    public RateChange(RateTable table)
    {
        _table = table;
        table.Listen(this);
    }

    /// <inheritdoc/>
    public override string Name => "RateChange";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => [_bursts, _lulls, _gaps];

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found) => _table.Add(logEvent, found);

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found) => _table.Complete(found);

    /// <inheritdoc/>
    public override void Forget(long utcTicks) => _table.Forget(utcTicks);

    /// <inheritdoc/>
    public void CloseWindow(RateStream stream, RateSeries series, long window, ICollection<DetectorFinding> found)
    {
        int slot = Season.SlotOf((window + stream.Ahead) / RateTable.WindowsOfHour);
        double expected = series.Season.High(slot, series.IsWeekKnown) / RateTable.WindowsOfHour;
        int count = series.Counts[window & 1];
        double value = (count + 1) / (expected + 1);
        if (series.Bursts.Count >= LeastWindows && series.Season.Count >= LeastHours / 2)
        {
            double usualMost = (series.Bursts.Greatest * (expected + 1)) - 1;
            double slope = SmallCountSlope + (usualMost / CountsForSlope);
            double modelled = series.Bursts.ProbabilityOf(value, slope);
            double probability = _bursts.Judge(modelled);
            long ticks = window * RateTable.WindowTicks;
            if (_bursts.IsWorth(probability) && ticks >= series.QuietUntil)
            {
                series.QuietUntil = ticks + Episode;
                found.Add(ToBurst(series, slot, ticks, count, usualMost, probability));
            }
        }

        series.Bursts.Add(value);
        series.EvidenceFrom = (int)Math.Min(series.Bursts.Greatest * (expected + 1), 1e9);
    }

    /// <inheritdoc/>
    public void CloseHour(
        RateStream stream, RateSeries series, int slot, long endTicks, ICollection<DetectorFinding> found)
    {
        bool isJudged = series.Total >= LeastTotal && series.Season.Count >= LeastHours;
        double low = isJudged ? series.Season.Low(slot, series.IsWeekKnown) : 0;
        if (series.HourCount > 0)
        {
            EndGap(series, isJudged, endTicks - TimeSpan.TicksPerHour, found);
            JudgeLull(series, low, slot, endTicks, found);
        }
        else if (low > 0)
        {
            Miss(stream, series, low, endTicks, found);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        _bursts.Write(writer, "bursts");
        _gaps.Write(writer, "gaps");
        _lulls.Write(writer, "lulls");
        writer.WriteStartObject("streams");
        foreach ((string stream, IEnumerable<(string Text, RateSeries Series)> all) in _table.ToSorted())
        {
            writer.WriteStartObject(stream);
            foreach ((string text, RateSeries series) in all)
            {
                writer.WriteStartObject(text);
                writer.WriteString("kind", series.Kind.ToString());
                writer.WriteNumber("count", series.Total);
                writer.WriteNumber("days", series.Days);
                BehaviourJson.WriteTime(writer, "last", series.LastTicks);
                series.Bursts.Write(writer, "bursts");
                series.Gaps.Write(writer, "gaps");
                series.Lulls.Write(writer, "lulls");
                series.Season.Write(writer, "hours");
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
        _bursts.Include(element, "bursts");
        _gaps.Include(element, "gaps");
        _lulls.Include(element, "lulls");
        foreach (JsonProperty stream in BehaviourJson.Members(element, "streams"))
        {
            foreach (JsonProperty member in BehaviourJson.Object(stream.Value).EnumerateObject())
            {
                if (_table.Restore(stream.Name, member) is { } series)
                {
                    series.Total += BehaviourJson.Long(member.Value, "count");
                    series.Days += (int)BehaviourJson.Long(member.Value, "days");
                    series.LastTicks = Math.Max(series.LastTicks, BehaviourJson.Time(member.Value, "last"));
                    series.Bursts.Include(member.Value, "bursts");
                    series.Gaps.Include(member.Value, "gaps");
                    series.Lulls.Include(member.Value, "lulls");
                    series.Season.Include(member.Value, "hours");
                }
            }
        }
    }

    private void EndGap(RateSeries series, bool isJudged, long endTicks, ICollection<DetectorFinding> found)
    {
        if (isJudged && series.Missed > 0)
        {
            double probability = _gaps.Judge(series.Gaps.ProbabilityOf(series.Missed + 1, SteepestGap));
            if (!series.IsGapReported && series.Missed >= LeastMissed && _gaps.IsWorth(probability)
                && series.Last is { } last)
            {
                found.Add(ToSilence(series, last, endTicks, probability));
            }
        }
        else if (isJudged)
        {
            _gaps.Pass(1);
        }

        series.Gaps.Add(series.Missed + 1);
        (series.Missed, series.MissedSince, series.IsGapReported) = (0, -1, false);
    }

    private void Miss(
        RateStream stream, RateSeries series, double low, long endTicks, ICollection<DetectorFinding> found)
    {
        series.MissedSince = series.MissedSince < 0 ? endTicks - TimeSpan.TicksPerHour : series.MissedSince;
        series.Missed += low;
        if (series.IsGapReported || series.Missed < LeastMissed)
        {
            return;
        }

        double probability = _gaps.Probe(series.Gaps.ProbabilityOf(series.Missed + 1, SteepestGap));
        LogEvent? example = series.Last
            ?? stream.All.Select(other => other.Last).FirstOrDefault(last => last is not null);
        if (_gaps.IsSure(probability) && example is not null)
        {
            series.IsGapReported = true;
            found.Add(ToSilence(series, example, endTicks, probability));
        }
    }

    private void JudgeLull(RateSeries series, double low, int slot, long endTicks, ICollection<DetectorFinding> found)
    {
        if (low < LeastLull)
        {
            return;
        }

        double value = (low + 1) / (series.HourCount + 1);
        double probability = _lulls.Judge(series.Lulls.ProbabilityOf(value, SteepestLull));
        series.Lulls.Add(value);
        if (!_lulls.IsWorth(probability) || value < 2 || endTicks < series.QuietUntil || series.Last is not { } last)
        {
            return;
        }

        series.QuietUntil = endTicks + Episode;
        string text = _table.Index.TextOf(series.Template);
        string typical = $"at least {Findings.Say(low)}";
        string sentence =
            $"{Findings.Quote(text)} came {series.HourCount} times in the hour to "
                + $"{Findings.Time(endTicks, last)}{Findings.OnHost(last)}; on {Season.Say(slot)} {typical} are usual.";
        found.Add(Make(
            series,
            last,
            probability,
            "Fewer than usual of a message",
            new Reason("RateDrop", "Rate", Findings.Say(series.HourCount), typical, 1, sentence))
            .Build(endTicks - TimeSpan.TicksPerHour, endTicks, series.HourCount, [last]));
    }

    private DetectorFinding ToBurst(
        RateSeries series, int slot, long ticks, int count, double usualMost, double probability)
    {
        int open = (int)(ticks / RateTable.WindowTicks & 1);
        LogEvent first = series.Firsts[open]!;
        List<LogEvent> events = [first, .. series.Evidence[open] ?? []];
        string text = _table.Index.TextOf(series.Template);
        long end = ticks + RateTable.WindowTicks;
        string most = Findings.Say(Math.Max(usualMost, 1));
        string sentence =
            $"{Findings.Quote(text)} came {count} times between {Findings.Time(ticks, first)} and "
                + $"{Findings.Time(end, first)[^5..]}{Findings.OnHost(first)}; on {Season.Say(slot)} up to {most} in "
                + "five minutes are usual.";
        return Make(
            series,
            first,
            probability,
            "Burst of a message",
            new Reason("RateSpike", "Rate", Findings.Say(count), $"up to {most}", 1, sentence))
            .Build(ticks, end, count, events);
    }

    private DetectorFinding ToSilence(RateSeries series, LogEvent example, long endTicks, double probability)
    {
        string text = _table.Index.TextOf(series.Template);
        string missed = Findings.Say(series.Missed);
        string sentence =
            $"{Findings.Quote(text)} did not come since "
                + $"{Findings.Time(series.MissedSince, example)}{Findings.OnHost(example)}; until "
                + $"{Findings.Time(endTicks, example)} at least {missed} were to be expected.";
        return Make(
            series,
            example,
            probability,
            "A usual message stays away",
            new Reason("Silence", "Rate", "0", $"at least {missed}", 1, sentence))
            .Build(series.MissedSince, endTicks, 0, [example]);
    }

    private FindingDraft Make(RateSeries series, LogEvent example, double probability, string title, Reason reason) =>
        new(
            Name,
            series.Kind,
            probability,
            title,
            reason,
            example.HostName is null ? null : "HostName",
            example.HostName);
}
