using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Detection;

/// <summary>
/// The key of an entry of a selection: <c>field|modifier|modifier</c>; without a field it is of keywords.
/// </summary>
internal sealed record FieldKey
{
    private static readonly string[] s_known =
    [
        "contains", "startswith", "endswith", "all", "re", "i", "m", "s", "cased", "cidr", "base64", "base64offset",
        "utf16", "utf16le", "utf16be", "wide", "windash", "exists", "fieldref", "expand", "gt", "gte", "lt", "lte",
        "neq", "minute", "hour", "day", "week", "month", "year",
    ];

    /// <summary>Name of the field, or null for keywords.</summary>
    public string? Field { get; private init; }

    /// <summary>Where in the field a value is expected.</summary>
    public ValueShape Shape { get; private set; }

    /// <summary>What a value is taken for.</summary>
    public ValueKind Kind { get; private set; }

    /// <summary>The comparison, for bounds.</summary>
    public TestOperator Comparison { get; private set; }

    /// <summary>The part of a time that is tested, or null.</summary>
    public TimePart? TimePart { get; private set; }

    /// <summary>What values are encoded with, in this order.</summary>
    public IReadOnlyList<string> Encodings => _encodings;

    /// <summary>Options of the regular expression, of <c>i</c>, <c>m</c> and <c>s</c>.</summary>
    public string RegexOptions { get; private set; } = "";

    /// <summary>Whether all values of a list are asked for.</summary>
    public bool IsAll { get; private set; }

    /// <summary>Whether letters must have the case of the value.</summary>
    public bool IsCased { get; private set; }

    /// <summary>Whether any dash will do before a switch.</summary>
    public bool IsWinDash { get; private set; }

    /// <summary>Whether placeholders are put in.</summary>
    public bool IsExpanded { get; private set; }

    /// <summary>Whether none of the values may be there.</summary>
    public bool IsNegated { get; private set; }

    private readonly List<string> _encodings = [];

    /// <summary>Reads a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="line">Its line.</param>
    /// <returns>The key in parts.</returns>
    /// <exception cref="RuleFormatException">A modifier is not known, or has no meaning where it stands.</exception>
    public static FieldKey Parse(string key, int line)
    {
        string[] parts = key.Split('|');
        FieldKey made = new() { Field = parts[0].Trim() is { Length: > 0 } field ? field : null };
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int at = 1; at < parts.Length; at++)
        {
            if (Array.IndexOf(s_known, parts[at]) < 0)
            {
                throw new RuleFormatException(
                    line,
                    $"The modifier '{parts[at]}' of '{key}' is not known; known are {string.Join(", ", s_known)}.");
            }

            if (!seen.Add(parts[at]))
            {
                throw new RuleFormatException(line, $"The modifier '{parts[at]}' stands twice in '{key}'.");
            }

            if (!made.Take(parts[at]))
            {
                throw new RuleFormatException(
                    line, $"The modifier '{parts[at]}' has no meaning after '{string.Join('|', parts[..at])}'.");
            }
        }

        made.Check(key, line);
        return made;
    }

    private bool Take(string modifier)
    {
        switch (modifier)
        {
            case "all":
                return IsAll = true;
            case "expand":
                return IsExpanded = true;
            case "neq":
                return IsNegated = true;
            case "cased":
                return IsCased = true;
            case "windash":
                IsWinDash = true;
                return _encodings.Count == 0;
            case "i" or "m" or "s":
                RegexOptions += modifier;
                return Kind == ValueKind.Regex;
            case "contains" or "startswith" or "endswith":
                return TakeShape(modifier);
            case "base64" or "base64offset" or "utf16" or "utf16le" or "utf16be" or "wide":
                _encodings.Add(modifier);
                return Shape == ValueShape.Whole && !IsCased;
            case "minute" or "hour" or "day" or "week" or "month" or "year":
                bool isFirst = TimePart is null;
                TimePart = Enum.Parse<TimePart>(modifier, ignoreCase: true);
                return isFirst;
            default:
                return TakeKind(modifier);
        }
    }

    private bool TakeShape(string modifier)
    {
        bool isFirst = Shape == ValueShape.Whole;
        Shape = modifier switch
        {
            "contains" => ValueShape.Contains,
            "startswith" => ValueShape.StartsWith,
            _ => ValueShape.EndsWith,
        };
        return isFirst;
    }

    private bool TakeKind(string modifier)
    {
        bool isFirst = Kind == ValueKind.Text;
        (Kind, Comparison) = modifier switch
        {
            "re" => (ValueKind.Regex, TestOperator.Regex),
            "cidr" => (ValueKind.Cidr, TestOperator.Cidr),
            "exists" => (ValueKind.Exists, TestOperator.Exists),
            "fieldref" => (ValueKind.FieldReference, TestOperator.FieldEquals),
            "gt" => (ValueKind.Bound, TestOperator.Greater),
            "gte" => (ValueKind.Bound, TestOperator.GreaterOrEqual),
            "lt" => (ValueKind.Bound, TestOperator.Less),
            _ => (ValueKind.Bound, TestOperator.LessOrEqual),
        };
        return isFirst;
    }

    private void Check(string key, int line)
    {
        string? cause = FirstFault();
        if (cause is not null)
        {
            throw new RuleFormatException(line, $"The modifiers of '{key}' do not go together: {cause}.");
        }
    }

    private string? FirstFault()
    {
        bool isText = Kind == ValueKind.Text;
        return 0 switch
        {
            _ when Field is null && (Kind is not (ValueKind.Text or ValueKind.Regex) || TimePart is not null) =>
                "a keyword is sought in the whole line, so only texts and regular expressions can be",
            _ when Shape != ValueShape.Whole && Kind is not (ValueKind.Text or ValueKind.FieldReference) =>
                "contains, startswith and endswith take texts, or fieldref",
            _ when (_encodings.Count > 0 || IsWinDash) && !isText => "only texts can be encoded, or have other dashes",
            _ when _encodings.Contains("base64offset") && Shape != ValueShape.Contains =>
                "base64offset makes the part of a longer text, so contains has to follow",
            _ when TimePart is not null && (Kind is not (ValueKind.Text or ValueKind.Bound) || Shape != ValueShape.Whole
                || _encodings.Count > 0 || IsWinDash || IsCased) => "a part of a time is a number",
            _ when IsCased && Kind is not (ValueKind.Text or ValueKind.FieldReference or ValueKind.Regex) =>
                "only texts have upper and lower case",
            _ when IsCased && RegexOptions.Contains('i') => "cased and i say the opposite",
            _ when IsExpanded && Kind is (ValueKind.Exists or ValueKind.FieldReference) =>
                "there is no value to put in",
            _ => null,
        };
    }
}
