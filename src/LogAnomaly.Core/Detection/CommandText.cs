using System.Text;

namespace LogAnomaly.Detection;

/// <summary>Takes a command line apart as far as a log shows it.</summary>
internal static class CommandText
{
    private const int LongestPlainWord = 20;

    /// <summary>
    /// What is the same in calls that differ only in what they work on: the program, the first plain word, the options;
    /// for the other arguments <c>*</c>. <c>/usr/bin/systemctl restart nginx</c> gives
    /// <c>/usr/bin/systemctl restart *</c>.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <returns>Its template.</returns>
    public static string TemplateOf(string command)
    {
        StringBuilder template = new(command.Length);
        bool hasPlain = false;
        bool isFirst = true;
        foreach (Range range in new WordRanges(command))
        {
            ReadOnlySpan<char> word = command.AsSpan(range);
            bool isOption = word.Length > 1 && word[0] == '-';
            if (isOption)
            {
                int value = word.IndexOf('=');
                word = value < 0 ? word : word[..(value + 1)];
            }

            bool isPlain = !isFirst && !isOption && !hasPlain && IsPlain(word);
            hasPlain |= isPlain;
            if (isFirst || isPlain || (isOption && !word.ContainsAnyInRange('0', '9')))
            {
                Append(template, word);
            }
            else if (template[^1] != '*')
            {
                Append(template, "*");
            }

            isFirst = false;
        }

        return template.ToString();
    }

    /// <summary>The name of a program without its folder.</summary>
    /// <param name="word">The word that names it.</param>
    /// <returns>The name.</returns>
    public static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> word) => word[(word.LastIndexOf('/') + 1)..];

    /// <summary>The first word.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The word.</returns>
    public static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> command)
    {
        command = command.TrimStart(' ');
        int end = command.IndexOf(' ');
        return end < 0 ? command : command[..end];
    }

    private static bool IsPlain(ReadOnlySpan<char> word)
    {
        foreach (char value in word)
        {
            if (!char.IsAsciiLetter(value) && value != '-' && value != '_')
            {
                return false;
            }
        }

        return word.Length <= LongestPlainWord;
    }

    private static void Append(StringBuilder template, ReadOnlySpan<char> word)
    {
        if (template.Length > 0)
        {
            template.Append(' ');
        }

        template.Append(word);
    }

    /// <summary>The words of a text, split at its spaces.</summary>
    /// <param name="text">The text.</param>
    internal struct WordRanges(string text)
    {
        private int _at;

        /// <summary>Where the word lies.</summary>
        public Range Current { get; private set; }

        /// <summary>The enumerator, for <c>foreach</c>.</summary>
        /// <returns>Itself.</returns>
        public readonly WordRanges GetEnumerator() => this;

        /// <summary>Goes to the next word.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            while (_at < text.Length && text[_at] == ' ')
            {
                _at++;
            }

            int start = _at;
            while (_at < text.Length && text[_at] != ' ')
            {
                _at++;
            }

            Current = start.._at;
            return _at > start;
        }
    }
}
