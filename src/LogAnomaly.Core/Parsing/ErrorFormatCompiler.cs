using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Compiles an ErrorLogFormat. A space ends a part, <c>\ </c> is a space within one, and <c>% </c> ends a part without
/// a space; directives are <c>%[-|+][level][{argument}]letter</c>.
/// </summary>
internal sealed class ErrorFormatCompiler
{
    private const string Letters = "aAeEFiklLmMnPTtvV";

    private readonly List<ErrorFormatGroup> _groups = [];
    private readonly byte[] _text;
    private List<ErrorFormatItem> _items = [];
    private readonly List<byte> _literal = [];
    private bool _hasSpace;

    /// <summary>Begins with a definition.</summary>
    /// <param name="definition">The definition.</param>
    public ErrorFormatCompiler(string definition) => _text = Encoding.UTF8.GetBytes(definition);

    /// <summary>Directives that were found.</summary>
    public int Slots { get; private set; }

    /// <summary>Compiles the definition.</summary>
    /// <returns>Its parts.</returns>
    /// <exception cref="FormatException">The definition has a fault; the message says where.</exception>
    public IReadOnlyList<ErrorFormatGroup> Compile()
    {
        int at = 0;
        while (at < _text.Length)
        {
            at = Read(at);
        }

        EndGroup();
        if (!_groups.Exists(group => group.IsMessage))
        {
            throw new FormatException("The format has no message (%M).");
        }

        SetStops();
        return _groups;
    }

    private int Read(int at)
    {
        byte next = _text[at];
        byte second = at + 1 < _text.Length ? _text[at + 1] : (byte)0;
        if (next == ' ' || (next == '%' && second == ' '))
        {
            EndGroup();
            _hasSpace = next == ' ';
            return at + (next == ' ' ? 1 : 2);
        }

        if (next == '\\' && second != 0)
        {
            _literal.Add(second switch { (byte)'t' =>
                (byte)'\t', (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', _ => second });
            return at + 2;
        }

        if (next != '%' || second == '%')
        {
            _literal.Add(next);
            return at + (next == '%' ? 2 : 1);
        }

        return ReadDirective(at);
    }

    private int ReadDirective(int start)
    {
        string argument = "";
        int at = start + 1;
        while (at < _text.Length && (_text[at] is (byte)'-' or (byte)'+' || char.IsAsciiDigit((char)_text[at])))
        {
            at++;
        }

        if (at < _text.Length && _text[at] == '{')
        {
            int close = Array.IndexOf(_text, (byte)'}', at);
            if (close < 0)
            {
                throw Fault(start, "the brace is not closed");
            }

            argument = Encoding.UTF8.GetString(_text, at + 1, close - at - 1);
            at = close + 1;
        }

        char letter = at < _text.Length ? (char)_text[at] : ' ';
        if (!Letters.Contains(letter, StringComparison.Ordinal))
        {
            throw Fault(
                start,
                at < _text.Length ? $"'%{letter}' is no directive of an error log" : "the directive has no letter");
        }

        if (letter is 'i' or 'e' or 'n' && argument.Length == 0)
        {
            throw Fault(start, $"'%{letter}' needs a name in braces");
        }

        EndLiteral();
        _items.Add(new ErrorFormatItem(letter, argument, []) { Slot = Slots++ });
        if (letter == 'M')
        {
            // What stands behind the message is a part of its own, which is there in any line.
            EndGroup();
            _hasSpace = false;
        }

        return at + 1;
    }

    private void EndLiteral()
    {
        if (_literal.Count > 0)
        {
            _items.Add(new ErrorFormatItem('\0', "", [.. _literal]));
            _literal.Clear();
        }
    }

    private void EndGroup()
    {
        EndLiteral();
        if (_items.Count > 0)
        {
            _groups.Add(new ErrorFormatGroup(_items, _hasSpace));
            _items = [];
        }
    }

    private void SetStops()
    {
        for (int group = 0; group < _groups.Count; group++)
        {
            List<ErrorFormatItem> items = _groups[group].Items;
            for (int i = 0; i < items.Count; i++)
            {
                List<byte> stop = i + 1 < items.Count ? [.. items[i + 1].Literal] : [];
                bool endsGroup = i + 1 + (stop.Count > 0 ? 1 : 0) == items.Count;
                if (endsGroup && group + 1 < _groups.Count && _groups[group + 1].HasSpace)
                {
                    stop.Add((byte)' ');
                }

                items[i].Stop = [.. stop];
            }
        }
    }

    private static FormatException Fault(int at, string cause) =>
        new(FormattableString.Invariant($"The format has a fault at position {at + 1}: {cause}."));
}
