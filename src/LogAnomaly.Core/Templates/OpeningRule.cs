namespace LogAnomaly.Templates;

/// <summary>
/// Says whether a word opens that some messages differ in alone. Values that are told by their form open at once, those
/// that are named (<c>key=value</c>, quoted, behind <c>user</c>) with the second, put-together names with the third,
/// plain words with the fourth. A word that names what is said stays: one in capitals, the first of a message, one of
/// few that each have many messages of their own.
/// </summary>
internal sealed class OpeningRule
{
    private const int PlainVariants = 4;
    private const int NameVariants = 3;
    private const int FirstVariants = 8;
    private const int FirstConstants = 3;
    /// <summary>Values that open even where they look like states.</summary>
    public const int StateVariants = 10;

    private const int StateSupport = 4;

    private readonly string[] _gaps;
    private readonly TemplateFrame _frame;
    private readonly TemplateWords _words;
    private readonly Dictionary<int, int> _namedUsers = [];

    /// <summary>Creates the rule of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="words">The words of all messages.</param>
    public OpeningRule(TemplateFrame frame, TemplateWords words)
    {
        _frame = frame;
        _gaps = frame.Gaps;
        _words = words;
    }

    /// <summary>Judges a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="patterns">The patterns that differ in it alone, two or more; those that do not open are taken
    /// out.</param>
    /// <param name="word">What takes the place of the words.</param>
    /// <returns>How much speaks for it (the number of values) where it opens, else 0.</returns>
    public int Judge(int position, List<TemplatePattern> patterns, out int word)
    {
        word = TemplateWords.Open;
        int constants = ConstantsBeside(position, patterns[0]);
        List<TemplatePattern> open = patterns.FindAll(pattern => IsValue(position, pattern));
        List<TemplatePattern> names =
            patterns.FindAll(pattern => !IsValue(position, pattern) && !IsState(position, pattern));
        bool isNamed = IsNamed(position, patterns[0], out int namedVariants);
        if (constants > 0 && names.Count > 0
            && OpensNames(position, names, open, constants, isNamed ? namedVariants : int.MaxValue))
        {
            open.AddRange(names);
        }

        bool opensAll = constants > 0 && patterns.Count >= StateVariants && patterns.Count > open.Count
            && !HasStateSupport(patterns) && (position > 0 || constants >= FirstConstants);
        open = opensAll ? [.. patterns] : open;
        if (open.Count < 2)
        {
            return 0;
        }

        word = WordOf(position, open);
        patterns.Clear();
        patterns.AddRange(open);
        return open.Count;
    }

    private bool OpensNames(
        int position, List<TemplatePattern> names, List<TemplatePattern> values, int constants, int namedVariants)
    {
        bool hasMark = values.Exists(pattern =>
            (pattern.Opened >> position & 1) != 0 || (_words[pattern.Words[position]] & WordKinds.Mark) != 0);
        if (hasMark && (constants > 1 || values.Count > 1))
        {
            return true;
        }

        bool areNames = names.TrueForAll(pattern => (_words[pattern.Words[position]] & WordKinds.Name) != 0);
        int count = names.Count + values.Count;
        if (position == 0 && constants < FirstConstants)
        {
            return false;
        }

        int needed = areNames ? NameVariants : position == 0 ? FirstVariants : PlainVariants;
        return count >= Math.Min(needed, namedVariants) && !(count < StateVariants && HasStateSupport(names));
    }

    private static bool HasStateSupport(List<TemplatePattern> patterns)
    {
        int leaves = 0;
        foreach (TemplatePattern pattern in patterns)
        {
            leaves += pattern.Leaves;
        }

        return leaves >= StateSupport * patterns.Count;
    }

    private bool IsValue(int position, TemplatePattern pattern) =>
        (pattern.Opened >> position & 1) != 0 || pattern.Words[position] == TemplateWords.Open
        || (_words[pattern.Words[position]] & (WordKinds.Mark | WordKinds.Digit)) != 0;

    // Among few users the superuser is no user like any other: what is said of user=root is kept apart.
    private bool IsState(int position, TemplatePattern pattern) =>
        (_words[pattern.Words[position]] & (WordKinds.Keyword | WordKinds.Constant)) != 0
        || IsApart(position, pattern.Words[position], pattern.Words);

    private bool IsApart(int position, int word, int[] words) =>
        position > 0 && _gaps[position] == "=" && _words.TextOf(word) == "root"
        && _words.TextOf(words[position - 1]) == "user" && NamedUsers(position) < PlainVariants - 1;

    private int NamedUsers(int position)
    {
        if (_namedUsers.TryGetValue(position, out int known))
        {
            return known;
        }

        HashSet<int> users = [];
        foreach (MessageLeaf leaf in _frame.Leaves)
        {
            string text = _words.TextOf(leaf.Words[position]);
            if (text.Length == 1 && Mark.IsNamedUser(text[0]))
            {
                users.Add(leaf.Words[position]);
            }
        }

        _namedUsers.Add(position, users.Count);
        return users.Count;
    }

    // The other words that are no values: without any, nothing says that two messages come from one statement.
    private int ConstantsBeside(int position, TemplatePattern pattern)
    {
        int constants = 0;
        for (int i = 0; i < pattern.Words.Length; i++)
        {
            bool isConstant = i != position && (i >= 64 || (pattern.Opened >> i & 1) == 0) && !IsForm(i, pattern.Words)
                && (_words[pattern.Words[i]] & WordKinds.Mark) == 0;
            constants += isConstant ? 1 : 0;
        }

        return constants;
    }

    private bool IsNamed(int position, TemplatePattern pattern, out int variants)
    {
        string before = _gaps[position];
        string after = _gaps[position + 1];
        variants = 2;
        if (before.TrimEnd(' ').EndsWith('=')
            || (position > 0 && before == " " && _words.TextOf(pattern.Words[position - 1]) is "user"))
        {
            return true;
        }

        variants = NameVariants;
        return before.Length > 0 && after.Length > 0 && before[^1] is '"' or '\'' && after[0] == before[^1];
    }

    /// <summary>
    /// Whether a word is a value as a whole: one mark, or what stands behind <c>=</c> and is no state.
    /// </summary>
    /// <param name="position">Its position.</param>
    /// <param name="words">The words of the pattern.</param>
    /// <returns>Whether it is.</returns>
    public bool IsForm(int position, int[] words)
    {
        int word = words[position];
        string text = _words.TextOf(word);
        bool isNamed = _gaps[position].EndsWith('=') && !IsApart(position, word, words)
            && (_words[word] & (WordKinds.Keyword | WordKinds.Constant)) == 0;
        return isNamed || (text.Length == 1 && Mark.IsMark(text[0]));
    }

    /// <summary>What takes the place of some words.</summary>
    /// <param name="position">Their position.</param>
    /// <param name="patterns">The patterns that have them.</param>
    /// <returns>The word.</returns>
    public int WordOf(int position, List<TemplatePattern> patterns)
    {
        string? form = null;
        bool areHosts = true;
        bool areUsers = true;
        foreach (TemplatePattern pattern in patterns)
        {
            string text = _words.TextOf(pattern.Words[position]);
            areHosts &= text.Length == 1 && text[0] is (char)Mark.Host or (char)Mark.Address;
            areUsers &= text.Length == 1 && (text[0] == (char)Mark.User || Mark.IsNamedUser(text[0]));
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

        if (areUsers)
        {
            return _words.NumberOf(((char)Mark.User).ToString());
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
