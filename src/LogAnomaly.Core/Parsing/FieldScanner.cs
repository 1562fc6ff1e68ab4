using System.Buffers.Text;

namespace LogAnomaly.Parsing;

/// <summary>Walks over the bytes of a line from left to right.</summary>
internal ref struct FieldScanner
{
    private readonly ReadOnlySpan<byte> _line;

    /// <summary>Starts at the first byte of a line.</summary>
    /// <param name="line">The line.</param>
    public FieldScanner(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>Index of the next byte.</summary>
    public int Position { get; set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => Position >= _line.Length;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _line[Position..];

    /// <summary>Steps over one byte if it is the next.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>Whether it was.</returns>
    public bool TrySkip(byte value)
    {
        if (AtEnd || _line[Position] != value)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Steps over a text if it is next.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it was.</returns>
    public bool TrySkip(ReadOnlySpan<byte> text)
    {
        if (!Rest.StartsWith(text))
        {
            return false;
        }

        Position += text.Length;
        return true;
    }

    /// <summary>Steps over spaces.</summary>
    public void SkipSpaces()
    {
        while (!AtEnd && _line[Position] == ' ')
        {
            Position++;
        }
    }

    /// <summary>Takes the bytes up to a delimiter and steps over it.</summary>
    /// <param name="delimiter">The delimiter.</param>
    /// <param name="field">The bytes before it.</param>
    /// <returns>Whether the delimiter was found; if not, nothing is taken.</returns>
    public bool TryReadTo(byte delimiter, out ReadOnlySpan<byte> field)
    {
        int length = Rest.IndexOf(delimiter);
        if (length < 0)
        {
            field = default;
            return false;
        }

        field = _line.Slice(Position, length);
        Position += length + 1;
        return true;
    }

    /// <summary>Takes the bytes up to a delimiter, or all that is left where there is none.</summary>
    /// <param name="delimiter">The delimiter; it is stepped over.</param>
    /// <returns>The bytes before it.</returns>
    public ReadOnlySpan<byte> ReadToOrRest(byte delimiter)
    {
        if (TryReadTo(delimiter, out ReadOnlySpan<byte> field))
        {
            return field;
        }

        field = Rest;
        Position = _line.Length;
        return field;
    }

    /// <summary>Takes a number in decimal digits.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether digits were next and the number fits.</returns>
    public bool TryReadInt64(out long value)
    {
        if (AtEnd || !char.IsAsciiDigit((char)_line[Position]) || !Utf8Parser.TryParse(Rest, out value, out int read))
        {
            value = 0;
            return false;
        }

        Position += read;
        return true;
    }

    /// <summary>A whole field as a number.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The number, or null where the field is no non-negative number that fits.</returns>
    public static int? ToInt32(ReadOnlySpan<byte> field) =>
        Utf8Parser.TryParse(field, out int value, out int read) && read == field.Length && value >= 0 ? value : null;
}
