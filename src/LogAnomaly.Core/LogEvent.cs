using System.Text;

namespace LogAnomaly;

/// <summary>
/// One event of a log: what every kind has. Kinds with fields of their own derive from it.
/// An event keeps the bytes of its line and makes <see cref="Raw"/> and <see cref="Message"/> from them when they are
/// asked for.
/// </summary>
public class LogEvent
{
    private static readonly LogField[] s_fields = [];

    private readonly LogLine _line;
    private readonly LogSource _source;
    private long _utcTicks = -1;
    private short _offsetMinutes;
    private sbyte _level = -1;
    private int _processId = -1;
    private int _messageStart;
    private int _messageLength = -1;
    private string? _message;
    private string? _raw;
    private LogTemplate? _mined;

    /// <summary>Creates an event of a line; parsers then set its fields.</summary>
    /// <param name="kind">Kind of the event.</param>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal LogEvent(LogKind kind, in LogLine line, LogSource source)
    {
        Kind = kind;
        _line = line;
        _source = source;
    }

    /// <summary>Time of the event with its offset from UTC, or null where the line has none.</summary>
    public DateTimeOffset? Timestamp
    {
        get => _utcTicks < 0
            ? null
            : new DateTimeOffset(_utcTicks + (_offsetMinutes * TimeSpan.TicksPerMinute), TimeSpan.FromMinutes(_offsetMinutes));
        internal set
        {
            _utcTicks = value is { } time ? time.UtcTicks : -1;
            _offsetMinutes = value is { } stamp ? (short)(stamp.Offset.Ticks / TimeSpan.TicksPerMinute) : (short)0;
        }
    }

    /// <summary>Host that wrote the line, or null.</summary>
    public string? HostName { get; internal set; }

    /// <summary>Program that wrote the line, or null.</summary>
    public string? Program { get; internal set; }

    /// <summary>Process id, or null.</summary>
    public int? ProcessId
    {
        get => _processId < 0 ? null : _processId;
        internal set => _processId = value ?? -1;
    }

    /// <summary>Level of the line, or null where it has none and none can be derived.</summary>
    public LogLevel? Level
    {
        get => _level < 0 ? null : (LogLevel)_level;
        internal set => _level = value is { } level ? (sbyte)level : (sbyte)-1;
    }

    /// <summary>The text of the event without its header; for an unparsed line the whole line.</summary>
    public string Message => _message ??= _messageLength < 0
        ? Raw
        : Encoding.UTF8.GetString(_line.Buffer, _messageStart, _messageLength);

    /// <summary>Kind of the event.</summary>
    public LogKind Kind { get; }

    /// <summary>
    /// Full path of the file that the event was read from, or a name in parentheses where there was no file.
    /// </summary>
    public string Path => _source.Path;

    /// <summary>Line number in its source, from 1.</summary>
    public long LineNumber => _line.Number;

    /// <summary>The whole line as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Raw => _raw ??= Encoding.UTF8.GetString(_line.Span);

    /// <summary>Id of the message's template (a hash of its text), or null where no template was mined.</summary>
    public string? TemplateId => Mined?.Id;

    /// <summary>Label of a synthetic or labelled event: what was planted, or null.</summary>
    public string? Label { get; internal set; }

    /// <summary>The line that the event was made of.</summary>
    internal LogLine Line => _line;

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

    /// <summary>The bytes of <see cref="Message"/>.</summary>
    internal ReadOnlySpan<byte> MessageSpan => _messageLength < 0 ? _line.Span : _line.Buffer.AsSpan(_messageStart, _messageLength);

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
    public virtual IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <summary>
    /// The value of a field, by any of its names: ours, ECS (<c>source.ip</c>) or Sigma (<c>c-ip</c>).
    /// </summary>
    /// <param name="name">Name of the field.</param>
    /// <returns>The value, or null where the event does not carry the field or the name is unknown.</returns>
    public object? this[string name] => LogFields.TryParse(name, out LogField field) ? GetValue(field) : null;

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

    /// <inheritdoc/>
    public override string ToString() => Raw;

    /// <summary>Sets the message as a slice of the line.</summary>
    /// <param name="start">Index of its first byte from the start of the line.</param>
    /// <param name="length">Its bytes.</param>
    internal void SetMessage(int start, int length)
    {
        _messageStart = _line.Start + start;
        _messageLength = length;
    }

    /// <summary>Sets the message as the rest of the line.</summary>
    /// <param name="start">Index of its first byte from the start of the line.</param>
    internal void SetMessage(int start) => SetMessage(start, _line.Length - start);
}
