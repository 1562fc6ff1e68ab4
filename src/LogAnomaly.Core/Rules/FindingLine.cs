using System.Text;

namespace LogAnomaly.Rules;

/// <summary>
/// A line that a finding holds as evidence; its buffer is used again when another line takes its place.
/// </summary>
internal struct FindingLine
{
    /// <summary>What stands in place of a line that the engine could no longer hold.</summary>
    public const string NotHeld = "(the text of this line is no longer held; see the file)";

    private SeenHit _hit;
    private byte[]? _text;
    private int _length;

    /// <summary>The hit.</summary>
    public readonly SeenHit Hit => _hit;

    /// <summary>Takes a line in place of the one before.</summary>
    /// <param name="hit">The hit.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isHeld">Whether the text is still held.</param>
    public void Set(in SeenHit hit, ReadOnlySpan<byte> text, bool isHeld)
    {
        _hit = hit;
        _length = isHeld ? text.Length : -1;
        if (_text is null || _text.Length < text.Length)
        {
            _text = new byte[text.Length];
        }

        text.CopyTo(_text);
    }

    /// <summary>The line as evidence.</summary>
    /// <param name="clock">Knows the sources.</param>
    /// <returns>The evidence.</returns>
    public readonly Evidence ToEvidence(RuleClock clock)
    {
        DateTimeOffset? time = RuleFinding.TimeOf(_hit.Ticks, _hit.OffsetMinutes);
        string raw = _length < 0 ? NotHeld : Encoding.UTF8.GetString(_text.AsSpan(0, _length));
        return new Evidence(clock.PathOf(_hit.Source), _hit.LineNumber, time, raw);
    }
}
