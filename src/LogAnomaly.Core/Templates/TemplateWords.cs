using System.Runtime.InteropServices;

namespace LogAnomaly.Templates;

/// <summary>The words of masked messages, each once, with what their form tells.</summary>
internal sealed class TemplateWords
{
    /// <summary>The number of the open word.</summary>
    public const int Open = 0;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<WordKinds> _kinds = [];

    /// <summary>Creates the words; the open one is there from the start.</summary>
    public TemplateWords() => _ = NumberOf(((char)Mark.Any).ToString());

    /// <summary>The number of a word.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Its number.</returns>
    public int NumberOf(string word)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, word, out bool exists);
        if (!exists)
        {
            number = _texts.Count;
            _texts.Add(word);
            _kinds.Add(KindsOf(word));
        }

        return number;
    }

    /// <summary>The number of a word that may be none.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Its number, or -1 where no message that is kept has it.</returns>
    public int Find(string word) => _numbers.GetValueOrDefault(word, -1);

    /// <summary>The text of a word.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The text, with marks.</returns>
    public string TextOf(int number) => _texts[number];

    /// <summary>What the form of a word tells.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>Its kinds.</returns>
    public WordKinds this[int number] => _kinds[number];

    private static WordKinds KindsOf(string word)
    {
        WordKinds kinds = WordKinds.None;
        bool hasLower = false;
        bool hasInner = false;
        bool hasUpper = false;
        for (int i = 0; i < word.Length; i++)
        {
            char value = word[i];
            kinds |= Mark.IsMark(value) ? WordKinds.Mark : char.IsAsciiDigit(value) ? WordKinds.Digit : WordKinds.None;
            hasLower |= char.IsAsciiLetterLower(value);
            hasUpper |= char.IsAsciiLetterUpper(value);
            bool isJoint = value is '.' or '_' or '/' or '$' or '@' or '\\' or '~' or '#';
            hasInner |= (isJoint && i > 0 && i < word.Length - 1)
                || (i > 0 && char.IsAsciiLetterUpper(value) && char.IsAsciiLetterLower(word[i - 1]));
        }

        int digits = word.Count(char.IsAsciiDigit);
        bool isInflected = word.Length >= 5 && !hasInner
            && (word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("ing", StringComparison.Ordinal));
        bool isCapital = hasUpper && !hasLower && word.Length >= 2 && digits is 0 or > 2;
        bool isKeyword = (isCapital || isInflected) && (kinds & WordKinds.Mark) == 0;
        kinds &= isKeyword ? ~WordKinds.Digit : ~WordKinds.None;
        kinds |= isKeyword ? WordKinds.Keyword : WordKinds.None;
        kinds |= hasInner && !isKeyword ? WordKinds.Name : WordKinds.None;
        bool isConstant = word.ToLowerInvariant() is "true" or "false" or "null" or "none" or "nil" or "yes" or "no"
            or "nan" or "undefined" or "unknown";
        return kinds | (isConstant ? WordKinds.Constant : WordKinds.None);
    }
}
