using System.Globalization;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Detection;

/// <summary>
/// Parses a condition. From the loosest to the tightest:
/// <code>
/// or    = and *( "or" and )
/// and   = not *( "and" not )
/// not   = *"not" term
/// term  = "(" or ")" / count "of" ( "them" / pattern ) / name
/// count = "1" / "any" / "all" / a number
/// </code>
/// Words of the grammar are taken in any case. What follows a <c>|</c> is Sigma's old aggregation and is left to
/// another.
/// </summary>
internal sealed class ConditionParser
{
    private const int GreatestDepth = 100;
    private const int GreatestLength = 20_000;

    private readonly List<string> _tokens;
    private readonly int _line;
    private readonly ConditionNames _names;
    private int _at;

    private ConditionParser(List<string> tokens, int line, ConditionNames names)
    {
        _tokens = tokens;
        _line = line;
        _names = names;
    }

    /// <summary>Parses a condition.</summary>
    /// <param name="text">Its text, without an aggregation.</param>
    /// <param name="line">Its line.</param>
    /// <param name="names">What its names stand for.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="RuleFormatException">The text is no condition, or names what is not there.</exception>
    public static RuleCondition Parse(string text, int line, ConditionNames names)
    {
        if (text.Length > GreatestLength)
        {
            throw new RuleFormatException(line, $"The condition is longer than {GreatestLength} characters.");
        }

        ConditionParser parser = new(Tokens(text), line, names);
        RuleCondition condition = parser.ParseOr(0);
        return parser._at == parser._tokens.Count
            ? condition
            : throw parser.Fault($"'{parser._tokens[parser._at]}' stands where 'and', 'or' or the end is expected");
    }

    private static List<string> Tokens(string text)
    {
        List<string> tokens = [];
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')'))
            {
                at++;
            }

            if (at > start)
            {
                tokens.Add(text[start..at]);
            }
            else if (!char.IsWhiteSpace(text[at++]))
            {
                tokens.Add(text[start..at]);
            }
        }

        return tokens;
    }

    private RuleCondition ParseOr(int depth)
    {
        List<RuleCondition> parts = [ParseAnd(depth)];
        while (Take("or"))
        {
            parts.Add(ParseAnd(depth));
        }

        return Conditions.Any(parts);
    }

    private RuleCondition ParseAnd(int depth)
    {
        List<RuleCondition> parts = [ParseNot(depth)];
        while (Take("and"))
        {
            parts.Add(ParseNot(depth));
        }

        return Conditions.All(parts);
    }

    private RuleCondition ParseNot(int depth)
    {
        bool isNegated = false;
        while (Take("not"))
        {
            isNegated = !isNegated;
        }

        RuleCondition term = ParseTerm(depth);
        return isNegated ? new NotOf(term) : term;
    }

    private RuleCondition ParseTerm(int depth)
    {
        if (_at == _tokens.Count)
        {
            throw Fault("it ends where a name is expected");
        }

        string token = _tokens[_at++];
        if (token == "(")
        {
            return ParseGroup(depth + 1);
        }

        if (Take("of"))
        {
            return ParseChoice(token);
        }

        return token is ")" || IsWord(token)
            ? throw Fault($"'{token}' stands where a name is expected")
            : _names.Of(token, _line);
    }

    private RuleCondition ParseGroup(int depth)
    {
        if (depth > GreatestDepth)
        {
            throw Fault($"its parentheses are nested more than {GreatestDepth} deep");
        }

        RuleCondition condition = ParseOr(depth);
        return Take(")") ? condition : throw Fault("a parenthesis is not closed");
    }

    private RuleCondition ParseChoice(string count)
    {
        if (_at == _tokens.Count || _tokens[_at] is "(" or ")")
        {
            throw Fault($"'{count} of' takes 'them' or a pattern such as selection*");
        }

        IReadOnlyList<RuleCondition> parts = _names.Matching(_tokens[_at++], _line);
        if (count.Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            return Conditions.All(parts);
        }

        bool isAny = count.Equals("any", StringComparison.OrdinalIgnoreCase);
        int least = 1;
        if (!isAny && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out least) || least < 1))
        {
            throw Fault($"'{count} of' has to be '1 of', 'any of', 'all of' or a number of them");
        }

        return least > parts.Count
            ? throw Fault($"it asks for {least} of {parts.Count}")
            : Conditions.AtLeast(least, parts) ?? throw Fault($"{least} of {parts.Count} are too many choices");
    }

    private bool Take(string word)
    {
        bool isThere = _at < _tokens.Count && _tokens[_at].Equals(word, StringComparison.OrdinalIgnoreCase);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private static bool IsWord(string token) =>
        token.Equals("and", StringComparison.OrdinalIgnoreCase)
        || token.Equals("or", StringComparison.OrdinalIgnoreCase)
        || token.Equals("of", StringComparison.OrdinalIgnoreCase);

    private RuleFormatException Fault(string cause) => new(_line, $"The condition cannot be read: {cause}.");
}
