using System.Text;

namespace LogAnomaly;

/// <summary>
/// An event that keeps the bytes of its line and makes <see cref="Raw"/> and <see cref="Message"/> of them when they
/// are asked for. The kinds whose meaning lies in the text derive from it; by itself it is a line that no format knows.
/// </summary>
public class LineEvent : LogEvent
{
    private byte[] _buffer;
    private int _start;
    private int _length;
    private int _messageStart;
    private int _messageLength = -1;
    private int _processId = -1;

    /// <summary>Creates an event of a line; parsers then set its fields.</summary>
    /// <param name="kind">Kind of the event.</param>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal LineEvent(LogKind kind, in LogLine line, LogSource source)
        : base(kind, line.Number, source)
    {
        _buffer = line.Buffer;
        _start = line.Start;
        _length = line.Length;
    }

    /// <inheritdoc/>
    public override DateTimeOffset? Timestamp => base.Timestamp;

    /// <inheritdoc/>
    public override string? HostName { get; internal set; }

    /// <inheritdoc/>
    public override string? Program { get; internal set; }

    /// <inheritdoc/>
    public override int? ProcessId
    {
        get => _processId < 0 ? null : _processId;
        internal set => _processId = value ?? -1;
    }

    /// <inheritdoc/>
    public override LogLevel? Level => base.Level;

    /// <inheritdoc/>
    public override string Message => _messageLength < 0 ? Raw : Encoding.UTF8.GetString(MessageSpan);

    /// <inheritdoc/>
    public override string Raw => Encoding.UTF8.GetString(LineSpan);

    /// <inheritdoc/>
    public override string? Label { get; internal set; }

    /// <summary>The bytes of the line.</summary>
    internal ReadOnlySpan<byte> LineSpan => _buffer.AsSpan(_start, _length);

    /// <inheritdoc/>
    internal override int FurtherLines => LineSpan.Count((byte)'\n');

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> MessageSpan =>
        _messageLength < 0 ? LineSpan : _buffer.AsSpan(_messageStart, _messageLength);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> GetProperties() =>
        Kind != LogKind.Unparsed && Source.PropertyReader is { } reader ? reader(LineSpan) : base.GetProperties();

    /// <inheritdoc/>
    internal override void LeaveBlock()
    {
        if (_buffer.Length == _length)
        {
            return;
        }

        byte[] own = LineSpan.ToArray();
        _messageStart -= _messageLength < 0 ? 0 : _start;
        _start = 0;
        _buffer = own;
    }

    /// <summary>Lets the line begin earlier, where its event was made of the end of it; the message stays.</summary>
    /// <param name="count">Bytes that stand before the line so far.</param>
    internal void Widen(int count)
    {
        _start -= count;
        _length += count;
    }

    /// <summary>Sets the message as a slice of the line.</summary>
    /// <param name="start">Index of its first byte from the start of the line.</param>
    /// <param name="length">Its bytes.</param>
    internal void SetMessage(int start, int length)
    {
        _messageStart = _start + start;
        _messageLength = length;
    }

    /// <summary>Sets the message as that of another event of the same line.</summary>
    /// <param name="other">The event.</param>
    internal void SetMessage(LineEvent other)
    {
        _messageStart = other._messageStart;
        _messageLength = other._messageLength;
    }

    /// <summary>Sets the message as the rest of the line.</summary>
    /// <param name="start">Index of its first byte from the start of the line.</param>
    internal void SetMessage(int start) => SetMessage(start, _length - start);
}
