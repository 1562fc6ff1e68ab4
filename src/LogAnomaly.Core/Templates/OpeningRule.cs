namespace LogAnomaly.Templates;

/// <summary>
/// Says whether a word opens that some messages differ in alone. Values that are told by their form open at once, those that are named
/// (<c>key=value</c>, quoted, behind <c>user</c>) with the second, put-together names with the third, plain words with the fourth.
/// A word that names what is said stays: one in capitals, the first of a message, one of few that each have many messages of their own.
/// </summary>
internal sealed class OpeningRule
{
    private const int PlainVariants = 4;
    private const int NameVariants = 3;
    private const int FirstVariants = 8;
    private const int StateVariants = 10;
    private const int StateSupport = 4;

    private readonly string[] _gaps;
    private readonly TemplateWords _words;

    /// <summary>Creates the rule of a frame.</summary>
    /// <param name="gaps">What stands before each word, and behind the last.</param>
    /// <param name="words">The words of all messages.</param>
    public OpeningRule(string[] gaps, TemplateWords words)
    {
        _gaps = gaps;
        _words = words;
    }

    /// <summary>Judges a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="patterns">The patterns that differ in it alone, two or more.</param>
    /// <param name="word">What takes the place of the words.</param>
    /// <returns>How many values there are where it opens, else 0.</returns>
    public int Judge(int position, List<TemplatePattern> patterns, out int word)
    {
        word = WordOf(position, patterns);
        int plain = 0;
        int leaves = 0;
        bool hasOpen = false;
        bool allNames = true;
        bool allConstants = true;
        bool hasKeyword = false;
        foreach (TemplatePattern pattern in patterns)
        {
            WordKinds kinds = _words[pattern.Words[position]];
            bool isOpen = (pattern.Opened >> position & 1) != 0 || pattern.Words[position] == TemplateWords.Open;
            bool isValue = isOpen || (kinds & WordKinds.Mark) != 0 || ((kinds & WordKinds.Digit) != 0 && (kinds & WordKinds.Keyword) == 0);
            hasOpen |= isOpen;
            plain += isValue ? 0 : 1;
            hasKeyword |= !isValue && (kinds & (WordKinds.Keyword | WordKinds.Constant)) == WordKinds.Keyword;
            allNames &= isValue || (kinds & WordKinds.Name) != 0;
            allConstants &= isValue || (kinds & WordKinds.Constant) != 0;
            leaves += pattern.Leaves;
        }

        int count = patterns.Count;
        if (plain == 0 || allConstants)
        {
            return Math.Max(2, leaves);
        }

        if (ConstantsBeside(position, patterns[0]) == 0)
        {
            return 0;
        }

        if (IsNamed(position, patterns[0]))
        {
            return count;
        }

        if (hasOpen)
        {
            return hasKeyword ? 0 : Math.Max(2, count);
        }

        int needed = hasKeyword ? StateVariants : position == 0 ? FirstVariants : allNames ? NameVariants : PlainVariants;
        bool isState = count < StateVariants && leaves >= StateSupport * count;
        return count >= needed && !isState ? count : 0;
    }

    // The other words that are no values: without any, nothing says that two messages come from one statement.
    private int ConstantsBeside(int position, TemplatePattern pattern)
    {
        int constants = 0;
        for (int i = 0; i < pattern.Words.Length; i++)
        {
            bool isConstant = i != position && pattern.Words[i] != TemplateWords.Open && (pattern.Opened >> i & 1) == 0
                && (_words[pattern.Words[i]] & WordKinds.Mark) == 0;
            constants += isConstant ? 1 : 0;
        }

        return constants;
    }

    private bool IsNamed(int position, TemplatePattern pattern)
    {
        string before = _gaps[position];
        string after = _gaps[position + 1];
        if (before.TrimEnd(' ').EndsWith('='))
        {
            return true;
        }

        bool isQuoted = before.Length > 0 && after.Length > 0 && before[^1] is '"' or '\'' && after[0] == before[^1];
        return isQuoted || (position > 0 && before == " " && _words.TextOf(pattern.Words[position - 1]) is "user");
    }

    private int WordOf(int position, List<TemplatePattern> patterns)
    {
        string? form = null;
        bool areHosts = true;
        foreach (TemplatePattern pattern in patterns)
        {
            string text = _words.TextOf(pattern.Words[position]);
            areHosts &= text.Length == 1 && text[0] is (char)Mark.Host or (char)Mark.Address;
            string own = NumberForm(text);
            if (form is not null && own != form)
            {
                form = "";
            }

            form ??= own;
        }

        if (areHosts)
        {
            return _words.NumberOf(((char)Mark.Host).ToString());
        }

        return form is { Length: > 0 } ? _words.NumberOf(form) : TemplateWords.Open;
    }

    // eth0 and eth1 are eth and a number.
    private static string NumberForm(string text)
    {
        System.Text.StringBuilder form = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isNumber = char.IsAsciiDigit(text[i]) || text[i] == (char)Mark.Number;
            if (!isNumber)
            {
                form.Append(text[i]);
            }
            else if (form.Length == 0 || form[^1] != (char)Mark.Number)
            {
                form.Append((char)Mark.Number);
            }
        }

        return form.ToString();
    }
}
