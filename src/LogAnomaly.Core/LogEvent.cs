using System.Collections.ObjectModel;

namespace LogAnomaly;

/// <summary>
/// One event of a log: what every kind has. The kinds derive from it. What is the same for all events of a source is
/// kept once, with the source, and the small values share a word, so that a million events fit into little memory.
/// </summary>
public abstract class LogEvent
{
    // From the lowest bit: kind, level (0 is none), minutes from UTC (biased), line number.
    private const int LevelShift = 5;
    private const int OffsetShift = 9;
    private const int NumberShift = 21;
    private const int OffsetBias = 2048;
    private const ulong KindMask = 0x1F;
    private const ulong LevelMask = 0xFUL << LevelShift;
    private const ulong OffsetMask = 0xFFFUL << OffsetShift;

    private readonly LogSource _source;
    private long _utcTicks = -1;
    private ulong _packed;
    private LogTemplate? _mined;

    /// <summary>Creates an event; parsers then set its fields.</summary>
    /// <param name="kind">Kind of the event.</param>
    /// <param name="number">Number of its line, from 1.</param>
    /// <param name="source">Where the line comes from.</param>
    private protected LogEvent(LogKind kind, long number, LogSource source)
    {
        _source = source;
        _packed = (ulong)kind | ((ulong)OffsetBias << OffsetShift) | ((ulong)number << NumberShift);
    }

    /// <summary>Time of the event with its offset from UTC, or null where the line has none.</summary>
    public virtual DateTimeOffset? Timestamp
    {
        get
        {
            int minutes = (int)((_packed & OffsetMask) >> OffsetShift) - OffsetBias;
            return _utcTicks < 0
                ? null
                : new DateTimeOffset(_utcTicks + (minutes * TimeSpan.TicksPerMinute), TimeSpan.FromMinutes(minutes));
        }

        internal set
        {
            _utcTicks = value is { } time ? time.UtcTicks : -1;
            int minutes = value is { } stamp ? (int)(stamp.Offset.Ticks / TimeSpan.TicksPerMinute) : 0;
            _packed = (_packed & ~OffsetMask) | ((ulong)(minutes + OffsetBias) << OffsetShift);
        }
    }

    /// <summary>Host that wrote the line, or null.</summary>
    public abstract string? HostName { get; internal set; }

    /// <summary>Program that wrote the line, or null.</summary>
    public abstract string? Program { get; internal set; }

    /// <summary>Process id, or null.</summary>
    public abstract int? ProcessId { get; internal set; }

    /// <summary>Level of the line, or null where it has none and none can be derived.</summary>
    public virtual LogLevel? Level
    {
        get
        {
            int level = (int)((_packed & LevelMask) >> LevelShift);
            return level == 0 ? null : (LogLevel)(level - 1);
        }

        internal set => _packed = (_packed & ~LevelMask) | ((value is { } level ? (ulong)level + 1 : 0) << LevelShift);
    }

    /// <summary>The text of the event without its header; for an unparsed line the whole line.</summary>
    public abstract string Message { get; }

    /// <summary>Kind of the event.</summary>
    public LogKind Kind => (LogKind)(_packed & KindMask);

    /// <summary>
    /// Full path of the file that the event was read from, or a name in parentheses where there was no file.
    /// </summary>
    public string Path => _source.Path;

    /// <summary>Line number in its source, from 1; of an event of several lines, that of the first.</summary>
    public long LineNumber => (long)(_packed >> NumberShift);

    /// <summary>
    /// The whole line as text, or the lines of an event of several; bytes that are not UTF-8 become U+FFFD.
    /// </summary>
    public abstract string Raw { get; }

    /// <summary>Id of the message's template (a hash of its text), or null where no template was mined.</summary>
    public string? TemplateId => Mined?.Id;

    /// <summary>Label of a synthetic or labelled event: what was planted, or null.</summary>
    public abstract string? Label { get; internal set; }

    /// <summary>Where the event comes from.</summary>
    internal LogSource Source => _source;

    /// <summary>UTC ticks of <see cref="Timestamp"/>, or -1.</summary>
    internal long UtcTicks => _utcTicks;

    /// <summary>The template that the miner gave the event.</summary>
    internal LogTemplate? Mined
    {
        get => _mined?.Widest;
        set => _mined = value;
    }

    /// <summary>
    /// What the miner knew of the event's message: it never changes, and leads to the template that the message has
    /// once the miner has settled them. For whoever counts events while others are still mined.
    /// </summary>
    internal LogTemplate? MinedLeaf => _mined;

    /// <summary>Lines after the first that belong to the event.</summary>
    internal virtual int FurtherLines => 0;

    /// <summary>The bytes of <see cref="Message"/>.</summary>
    internal abstract ReadOnlySpan<byte> MessageSpan { get; }

    /// <summary>
    /// Copies what the event needs of the block of the file that its line was read from, so that an event that is kept
    /// for long does not keep the block. Nothing else may read the event at that moment.
    /// </summary>
    internal virtual void LeaveBlock()
    {
    }

    /// <summary>
    /// The bytes that the template miner reads: the message without what every line repeats in its own words (a
    /// referrer, a client).
    /// </summary>
    internal virtual ReadOnlySpan<byte> TemplateSpan => MessageSpan;

    /// <summary>
    /// The fields that this kind adds to those of <see cref="LogEvent"/>. A method and not a property, so that it is no
    /// part of an event that is printed or written as JSON or CSV.
    /// </summary>
    /// <returns>The fields, in the order of columns.</returns>
    public virtual IReadOnlyList<LogField> GetKindFields() => [];

    /// <summary>
    /// The values that the event has beside its fields, by the names that its log gives them, such as the members of a
    /// JSON line that no field of ours stands for.
    /// </summary>
    /// <returns>The values, in the order of the line; empty for most kinds.</returns>
    public virtual IReadOnlyDictionary<string, object?> GetProperties() => ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>
    /// The value of a field, by any of its names: ours, ECS (<c>source.ip</c>) or Sigma (<c>c-ip</c>); else the value
    /// that the log itself gives that name (<see cref="GetProperties"/>).
    /// </summary>
    /// <param name="name">Name of the field.</param>
    /// <returns>The value, or null where the event does not carry the field or the name is unknown.</returns>
    public virtual object? this[string name] =>
        LogFields.TryParse(name, out LogField field) && GetValue(field) is { } value
            ? value
            : GetOwnValue(name);

    /// <summary>The value that the log itself gives a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The value, or null where the log does not have it.</returns>
    private protected virtual object? GetOwnValue(string name) => GetProperties().GetValueOrDefault(name);

    /// <summary>The value of a field.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The value, or null where the event does not carry the field.</returns>
    public virtual object? GetValue(LogField field) => field switch
    {
        LogField.Timestamp => Timestamp,
        LogField.HostName => HostName,
        LogField.Program => Program,
        LogField.ProcessId => ProcessId,
        LogField.Level => Level,
        LogField.Message => Message,
        LogField.Kind => Kind,
        LogField.Path => Path,
        LogField.LineNumber => LineNumber,
        LogField.Raw => Raw,
        LogField.TemplateId => TemplateId,
        LogField.Template => Mined?.Text,
        LogField.Label => Label,
        _ => null,
    };

    /// <summary>
    /// The reader's account of the event's source. A method and not a property, so that it is no part of an event that
    /// is printed.
    /// </summary>
    /// <returns>The account, which grows while the source is read; null where no reader made the event.</returns>
    public LedgerEntry? GetLedgerEntry() => _source.Entry;

    /// <inheritdoc/>
    public override string ToString() => Raw;

    /// <summary>Sets time and level at once.</summary>
    /// <param name="utcTicks">UTC ticks of the time.</param>
    /// <param name="minutes">Minutes from UTC.</param>
    /// <param name="level">The level.</param>
    internal void SetTimeAndLevel(long utcTicks, int minutes, LogLevel level)
    {
        _utcTicks = utcTicks;
        _packed = (_packed & ~(OffsetMask | LevelMask))
            | ((ulong)(minutes + OffsetBias) << OffsetShift)
            | (((ulong)level + 1) << LevelShift);
    }
}
