namespace LogAnomaly.Rules;

/// <summary>
/// Finds what must be there before a condition can hold, as RE2 does for sets of expressions: of all parts that must
/// hold the one whose atoms are rarest, of parts of which one must hold the atoms of all.
/// </summary>
internal sealed class Prefilter
{
    private const int LongestLiteral = 12;
    private const double ForWholeValue = 7;

    private readonly LogKind _kind;

    /// <summary>Creates a prefilter.</summary>
    /// <param name="kind">Kind of the events that the conditions are put to.</param>
    public Prefilter(LogKind kind) => _kind = kind;

    /// <summary>What must be there before a condition can hold.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>The atoms, or null where nothing cheap must be there.</returns>
    public AtomSet? Of(RuleCondition condition) => condition switch
    {
        AllOf all => AtomSet.Best(all.Parts.Select(Of)),
        AnyOf any => AtomSet.Any(any.Parts.Select(Of)),
        FieldTest { TimePart: null } test => OfTest(test),
        _ => null,
    };

    // ASCII only: what is scanned folds the case of no other letter.
    private static string LongestPart(string text)
    {
        int best = 0;
        int length = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] >= 128)
            {
                if (i - start > length)
                {
                    best = start;
                    length = i - start;
                }

                start = i + 1;
            }
        }

        return text.Substring(best, length);
    }

    private AtomSet? OfTest(FieldTest test)
    {
        RuleField? field = test.Field is null ? null : RuleField.Of(test.Field);
        bool isLine = field is null or { Field: LogField.Raw };
        switch (test.Operator)
        {
            case TestOperator.Equals when !isLine && !LiteralField.IsText(field!):
                return AtomSet.Of(new Atom(field, test.Value, IsWhole: true), ScoreOfValue(field!, test.Value));
            case TestOperator.Equals or TestOperator.Contains or TestOperator.StartsWith or TestOperator.EndsWith:
                return OfLiteral(isLine ? null : field, test.Value);
            case TestOperator.Like:
                return AtomSet.Best(new WildcardPattern(test.Value, test.IsCaseSensitive).Pieces()
                    .Select(piece => OfLiteral(isLine ? null : field, piece)));
            case TestOperator.Regex:
                return RegexLiterals.Of(test.Value) is { } literals
                    ? AtomSet.Any(literals.Select(literal => OfLiteral(isLine ? null : field, literal)))
                    : null;
            default:
                return null;
        }
    }

    private AtomSet? OfLiteral(RuleField? field, string literal)
    {
        string part = LongestPart(literal);
        if (_kind == LogKind.Access)
        {
            // The line of a request is not kept: a keyword is sought in its fields, by the part that lies within one.
            if (field is { Field: LogField.Message })
            {
                return null;
            }

            part = field is null ? AccessKeyword.PartWithinField(part) : part;
        }

        if (part.Length == 0)
        {
            return null;
        }

        part = part.Length > LongestLiteral ? part[^LongestLiteral..] : part;
        double score = part.Length switch
        {
            1 => 1,
            2 => 2,
            3 => 4,
            4 => 6,
            5 => 7,
            _ => 8,
        };
        // A field that hardly ever has a value is cheap to look at; a line is long.
        score -= field is null or { Field: LogField.Message } ? 1.5 : 0;
        return AtomSet.Of(new Atom(field, part, IsWhole: false), score);
    }

    private static double ScoreOfValue(RuleField field, string value) => field.Field switch
    {
        LogField.Action or LogField.EventId or LogField.ErrorCode or LogField.RuleId => 9,
        LogField.StatusCode => value is "200" or "404" ? 1 : 4,
        LogField.Program => 5,
        LogField.Category or LogField.Facility => 3,
        LogField.Method or LogField.Channel or LogField.HostName or LogField.Provider => 2,
        LogField.Outcome or LogField.Level or LogField.Protocol or LogField.HttpVersion => 1,
        LogField.Kind or LogField.Path => 0,
        _ => ForWholeValue,
    };
}
