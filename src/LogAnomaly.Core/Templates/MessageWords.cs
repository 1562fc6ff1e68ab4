namespace LogAnomaly.Templates;

/// <summary>
/// Splits a masked message into words and what stands between them. Lists of values fold into their first members, so
/// that the length of a list does not matter; words beyond <see cref="MostWords"/> count as one open word.
/// </summary>
internal sealed class MessageWords
{
    /// <summary>Words of a message that are told apart.</summary>
    public const int MostWords = 64;

    private const int LongestPeriod = 8;
    private const string Between = " \t,;:=()[]{}<>|\"'";

    private readonly List<string> _words = [];
    private readonly List<string> _gaps = [];

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>What stands before each word, and behind the last.</summary>
    public IReadOnlyList<string> Gaps => _gaps;

    /// <summary>Splits a message.</summary>
    /// <param name="message">The masked message.</param>
    public void Split(ReadOnlySpan<char> message)
    {
        _words.Clear();
        _gaps.Clear();
        int at = 0;
        int gap = 0;
        while (at < message.Length && _words.Count < MostWords)
        {
            int start = at;
            while (at < message.Length && !EndsWord(message, at))
            {
                at++;
            }

            if (at > start && HasContent(message[start..at]))
            {
                Add(message[gap..start], message[start..at]);
                gap = at;
            }

            at = at == start ? at + 1 : at;
        }

        if (_words.Count == MostWords && gap < message.Length)
        {
            Add(" ", [(char)Mark.Any]);
            gap = message.Length;
        }

        _gaps.Add(Pooled(message[gap..]));
        Fold();
    }

    private void Add(ReadOnlySpan<char> gap, ReadOnlySpan<char> word)
    {
        _gaps.Add(Pooled(gap));
        _words.Add(word.ToString());
    }

    private static string Pooled(ReadOnlySpan<char> gap) => gap.Length == 1 && gap[0] == ' ' ? " " : gap.ToString();

    // A dot ends a word where it ends a sentence or leads to a value in a column.
    private static bool EndsWord(ReadOnlySpan<char> message, int at)
    {
        char value = message[at];
        if (Between.Contains(value))
        {
            return true;
        }

        if (value is '.' or '!' or '?')
        {
            bool isLast = at + 1 >= message.Length || Between.Contains(message[at + 1]);
            return isLast || (message[at + 1] == '.' && value == '.')
                || (at > 0 && message[at - 1] == '.' && value == '.');
        }

        return false;
    }

    private static bool HasContent(ReadOnlySpan<char> word)
    {
        foreach (char value in word)
        {
            if (MessageMask.IsWordChar(value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasValue(string word)
    {
        foreach (char value in word)
        {
            if (Mark.IsMark(value) || char.IsAsciiDigit(value))
            {
                return true;
            }
        }

        return false;
    }

    // eth0 and eth1 are, but not AH00558 and AH01276.
    private static bool AreAlike(string left, string right)
    {
        if (left == right)
        {
            return true;
        }

        int letters = left.AsSpan().IndexOfAnyInRange('0', '9');
        return letters > 0 && letters < right.Length && left.Length - letters <= 2 && right.Length - letters <= 2
            && left.AsSpan(0, letters).SequenceEqual(right.AsSpan(0, letters))
            && left.AsSpan(letters).IndexOfAnyExceptInRange('0', '9') < 0
            && right.AsSpan(letters).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    // a=<num> b=<ip> a=<num> b=<ip> is a list of pairs: its further members are dropped.
    private void Fold()
    {
        for (int period = 1; period <= LongestPeriod; period++)
        {
            int least = period == 1 ? 2 : 3;
            for (int start = 0; start + (period * least) <= _words.Count; start++)
            {
                int repeats = Repeats(start, period);
                if (repeats >= least)
                {
                    _words.RemoveRange(start + period, period * (repeats - 1));
                    _gaps.RemoveRange(start + period, period * (repeats - 1));
                }
            }
        }
    }

    private int Repeats(int start, int period)
    {
        bool hasMark = false;
        for (int i = start; i < start + period; i++)
        {
            hasMark |= HasValue(_words[i]);
        }

        int repeats = 1;
        while (hasMark && start + (period * (repeats + 1)) <= _words.Count
            && IsRepeat(start, start + (period * repeats), period))
        {
            repeats++;
        }

        return repeats;
    }

    private bool IsRepeat(int first, int second, int period)
    {
        for (int i = 0; i < period; i++)
        {
            bool isSame = AreAlike(_words[first + i], _words[second + i])
                && (i == 0 ? _gaps[second] == _gaps[first + period] : _gaps[first + i] == _gaps[second + i]);
            if (!isSame)
            {
                return false;
            }
        }

        return true;
    }
}
