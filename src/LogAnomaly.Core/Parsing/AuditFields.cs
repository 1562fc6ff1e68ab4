using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Walks over the fields of a record of the Linux audit:
/// <code>
/// fields = *(name "=" value [SP / "," / %x1D])
/// value  = %d34 text %d34            ; a text that needs no escape
///        / 1*(2HEXDIG)               ; a text with quotes, spaces or control characters, of the fields
///                                    ; that may hold one
///        / "'" fields "'"            ; what a program in user space said
///        / word
/// </code>
/// Behind the byte 0x1D follow the same fields as names (<c>UID="root"</c>), with names in upper case. A text that
/// someone else chose is in quotes or hexadecimal, so that it ends where the writer ended it.
/// </summary>
internal ref struct AuditFields
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    /// <summary>Starts before the first field.</summary>
    /// <param name="text">The fields.</param>
    public AuditFields(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Name of the field.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Value of the field, without quotes and as it is written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the value stood in quotes.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>Steps to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is (byte)' ' or (byte)',' or (byte)'\'' or 0x1D)
            {
                _at++;
                continue;
            }

            ReadOnlySpan<byte> rest = _text[_at..];
            int end = rest.IndexOfAny((byte)'=', (byte)' ', (byte)0x1D);
            if (end < 0)
            {
                return false;
            }

            _at += end + 1;
            if (rest[end] == '=' && end > 0)
            {
                Name = rest[..end];
                ReadValue();
                return true;
            }
        }

        return false;
    }

    /// <summary>The value as text: what is hexadecimal is read, and <c>?</c> and <c>(null)</c> are none.</summary>
    /// <returns>The text, or null.</returns>
    public readonly string? ToText()
    {
        if (IsQuoted)
        {
            return Value.IsEmpty ? null : Encoding.UTF8.GetString(Value);
        }

        if (Value.IsEmpty || Value.SequenceEqual("?"u8) || Value.StartsWith("(n"u8))
        {
            return null;
        }

        return IsHexadecimal(Value) ? FromHexadecimal(Value) : Encoding.UTF8.GetString(Value);
    }

    /// <summary>Whether a value can be a text in hexadecimal digits.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsHexadecimal(ReadOnlySpan<byte> value)
    {
        foreach (byte next in value)
        {
            if (!char.IsAsciiHexDigitUpper((char)next))
            {
                return false;
            }
        }

        return value.Length > 1 && value.Length % 2 == 0;
    }

    private static string FromHexadecimal(ReadOnlySpan<byte> value)
    {
        byte[] bytes = Convert.FromHexString(Encoding.ASCII.GetString(value));
        int length = bytes.AsSpan().TrimEnd((byte)0).Length;

        // The words of a command line end with a NUL each.
        bytes.AsSpan(0, length).Replace((byte)0, (byte)' ');
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private void ReadValue()
    {
        IsQuoted = false;
        if (_at < _text.Length && _text[_at] == '\'')
        {
            // The fields within follow one by one.
            Value = default;
            return;
        }

        if (_at < _text.Length && _text[_at] == '"')
        {
            int close = _text[(_at + 1)..].IndexOf((byte)'"');
            if (close >= 0)
            {
                Value = _text.Slice(_at + 1, close);
                IsQuoted = true;
                _at += close + 2;
                return;
            }
        }

        ReadOnlySpan<byte> rest = _text[_at..];
        int end = rest.IndexOfAny((byte)' ', (byte)',', (byte)0x1D);
        end = end < 0 ? rest.Length : end;
        Value = rest[..end].TrimEnd((byte)'\'');
        _at += end;
    }
}
