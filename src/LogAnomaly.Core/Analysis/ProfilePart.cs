using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// The part of a baseline that knows the traffic: hosts, programs, sources, users and paths with their counts, the
/// mixes of levels, outcomes, methods and status codes, and how long requests took. It is what two baselines are
/// compared by.
/// </summary>
internal sealed class ProfilePart : IBaselinePart
{
    private const int MostValues = 10_000;

    private static readonly LogField[] s_fields =
        [LogField.HostName, LogField.Program, LogField.SourceIP, LogField.UserName, LogField.UrlPath];
    private static readonly LogField[] s_mixes =
        [LogField.Level, LogField.Method, LogField.Outcome, LogField.StatusCode];

    private readonly WindowClock _clock = new();
    private readonly WindowTally _all = new();
    private readonly ValueTable[] _fields = [.. s_fields.Select(_ => new ValueTable(MostValues))];
    private readonly MixTable[] _mixes = [.. s_mixes.Select(_ => new MixTable())];
    private readonly LatencyTable _latency = new();
    private readonly PathShapes _paths = new();
    private ProfileEntry _carried = new(0, -1, -1, 1);
    private double _carriedSeconds;
    private int _carriedWindows;
    private long _timed;

    /// <inheritdoc/>
    public string Name => "profile";

    /// <inheritdoc/>
    public void Learn(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        long ticks = logEvent.UtcTicks;
        _timed += ticks >= 0 ? 1 : 0;
        _all.Add(_clock, ticks);
        for (int i = 0; i < s_fields.Length; i++)
        {
            string? value = TextOf(logEvent, s_fields[i]);
            _fields[i].Add(s_fields[i] == LogField.UrlPath ? _paths.Of(value) : value, _clock, ticks);
        }

        for (int i = 0; i < s_mixes.Length; i++)
        {
            _mixes[i].Add(TextOf(logEvent, s_mixes[i]), _clock, ticks);
        }

        if (logEvent.GetValue(LogField.DurationMs) is double duration)
        {
            _latency.Add(duration, _clock, ticks);
        }
    }

    /// <inheritdoc/>
    public void EndLearning(CancellationToken cancellation)
    {
        // Everything is made as the events come.
    }

    /// <summary>What is known, ready to be compared.</summary>
    /// <param name="templates">The templates of the same events.</param>
    /// <returns>The profile.</returns>
    public TrafficProfile ToProfile(TemplatesPart templates)
    {
        Dictionary<string, ProfileField> fields = new(StringComparer.Ordinal)
        {
            [nameof(LogField.Template)] = new ProfileField(templates.Entries(), IsCut: false),
        };
        for (int i = 0; i < s_fields.Length; i++)
        {
            fields.Add(s_fields[i].ToString(), new ProfileField(_fields[i].Entries(_clock), _fields[i].Overflow > 0));
        }

        Dictionary<string, SortedDictionary<string, ProfileEntry>> mixes = new(StringComparer.Ordinal);
        for (int i = 0; i < s_mixes.Length; i++)
        {
            mixes.Add(s_mixes[i].ToString(), _mixes[i].Entries(_clock));
        }

        return new TrafficProfile(Total(), Seconds(), _carriedWindows + _clock.Windows, fields, mixes, _latency);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteStartObject("total");
        Total().WriteMembers(writer);
        writer.WriteNumber("seconds", ProfileEntry.Rounded(Seconds()));
        writer.WriteNumber("windows", _carriedWindows + _clock.Windows);
        writer.WriteEndObject();
        writer.WriteStartObject("fields");
        for (int i = 0; i < s_fields.Length; i++)
        {
            writer.WritePropertyName(s_fields[i].ToString());
            _fields[i].Write(writer, _clock);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("mixes");
        for (int i = 0; i < s_mixes.Length; i++)
        {
            writer.WritePropertyName(s_mixes[i].ToString());
            _mixes[i].Write(writer, _clock);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("latency");
        _latency.Write(writer);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Include(JsonElement element)
    {
        JsonElement total = BaselineValue.Member(element, "total", Name);
        ProfileEntry entry = ProfileEntry.Read(total, "total of profile");
        double seconds = Math.Max(BaselineValue.Number(total, "seconds", "total of profile", 0), 0);

        // Hosts that were watched at the same time are not watched for longer by being two.
        double shared = Math.Max(
            0, Math.Min(entry.LastTicks, _carried.LastTicks) - Math.Max(entry.FirstTicks, _carried.FirstTicks));
        shared = _carried.Count == 0
            ? 0
            : Math.Min(shared / TimeSpan.TicksPerSecond, Math.Min(seconds, _carriedSeconds));
        _carriedSeconds += seconds - shared;
        _carriedWindows = Math.Max(
            _carriedWindows,
            (int)Math.Min(BaselineValue.Whole(total, "windows", "total of profile"), WindowClock.MostWindows));
        _carried = _carried.Count == 0 ? entry : ProfileEntry.Sum(_carried, entry);
        JsonElement fields = BaselineValue.Member(element, "fields", Name);
        JsonElement mixes = BaselineValue.Member(element, "mixes", Name);
        for (int i = 0; i < s_fields.Length; i++)
        {
            string field = s_fields[i].ToString();
            _fields[i].Include(BaselineValue.Member(fields, field, "fields of profile"), field);
        }

        for (int i = 0; i < s_mixes.Length; i++)
        {
            string field = s_mixes[i].ToString();
            _mixes[i].Include(BaselineValue.Member(mixes, field, "mixes of profile"), field);
        }

        _latency.Include(BaselineValue.Member(element, "latency", Name), "latency of profile");
    }

    /// <inheritdoc/>
    public void Forget(long utcTicks) => Array.ForEach(_fields, field => field.Forget(utcTicks));

    private ProfileEntry Total() => _all.Count == 0 ? _carried
        : ProfileEntry.Sum(_carried.Count == 0 ? null : _carried, ProfileEntry.Of(_all, _clock));

    // With the gap that follows the last event as long as the others are on average, so that few events do not seem
    // closer than they are.
    private double Seconds()
    {
        double span = _clock.LastTicks < 0 || _timed < 2
            ? 0
            : (double)(_clock.LastTicks - _clock.FirstTicks) / TimeSpan.TicksPerSecond * _timed / (_timed - 1);
        return _carriedSeconds + span;
    }

    private static string? TextOf(LogEvent logEvent, LogField field) => logEvent.GetValue(field) switch
    {
        null => null,
        string text => text,
        LogLevel level => level.ToString(),
        Outcome outcome => outcome.ToString(),
        int number => number.ToString(CultureInfo.InvariantCulture),
        object other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };
}
