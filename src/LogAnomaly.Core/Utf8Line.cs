using System.Text;

namespace LogAnomaly;

/// <summary>Puts a line together as UTF-8 in a span that has room for it.</summary>
internal ref struct Utf8Line
{
    private readonly Span<byte> _destination;

    /// <summary>Begins a line.</summary>
    /// <param name="destination">Takes the line.</param>
    public Utf8Line(Span<byte> destination) => _destination = destination;

    /// <summary>Bytes of the line so far.</summary>
    public int Length { get; private set; }

    /// <summary>Adds text.</summary>
    /// <param name="text">The text; null adds nothing.</param>
    public void Add(string? text)
    {
        if (text is not null)
        {
            Length += Encoding.UTF8.GetBytes(text, _destination[Length..]);
        }
    }

    /// <summary>Adds a number in decimal digits.</summary>
    /// <param name="number">The number.</param>
    /// <param name="least">Least digits.</param>
    public void AddNumber(uint number, int least)
    {
        int digits = 1;
        for (uint rest = number; rest >= 10; rest /= 10)
        {
            digits++;
        }

        digits = Math.Max(digits, least);
        for (int index = Length + digits - 1; index >= Length; index--)
        {
            _destination[index] = (byte)('0' + (number % 10));
            number /= 10;
        }

        Length += digits;
    }

    /// <summary>Adds a time as access logs have it: <c>04/Mar/2026:05:06:07 +0100</c>.</summary>
    /// <param name="time">The time.</param>
    public void AddAccessTime(DateTimeOffset time)
    {
        AddNumber((uint)time.Day, 2);
        _destination[Length] = (byte)'/';
        "JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice((time.Month - 1) * 3, 3).CopyTo(_destination[(Length + 1)..]);
        _destination[Length + 4] = (byte)'/';
        Length += 5;
        AddNumber((uint)time.Year, 4);
        AddAfter(':', time.Hour);
        AddAfter(':', time.Minute);
        AddAfter(':', time.Second);
        int minutes = (int)(time.Offset.Ticks / TimeSpan.TicksPerMinute);
        _destination[Length++] = (byte)' ';
        AddAfter(minutes < 0 ? '-' : '+', Math.Abs(minutes) / 60);
        AddNumber((uint)(Math.Abs(minutes) % 60), 2);
    }

    private void AddAfter(char character, int number)
    {
        _destination[Length++] = (byte)character;
        AddNumber((uint)number, 2);
    }
}
