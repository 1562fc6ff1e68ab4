using System.Globalization;
using System.Text;

namespace LogAnomaly.Rules;

/// <summary>A test of one value that is there.</summary>
internal abstract class ValueTest
{
    /// <summary>Whether a value passes.</summary>
    /// <param name="value">The value, one alone.</param>
    /// <returns>Whether it does.</returns>
    public abstract bool Passes(in RuleValue value);

    /// <summary>Makes a test ready.</summary>
    /// <param name="test">The test, neither of presence nor of two fields.</param>
    /// <returns>The test.</returns>
    public static ValueTest Of(FieldTest test) => test.Operator switch
    {
        // A keyword is sought in the line; no line is one word.
        TestOperator.Equals when test is { Field: null, TimePart: null } =>
            new TextTest(TestOperator.Contains, test.Value, test.IsCaseSensitive),
        TestOperator.Equals => new EqualsTest(test.Value, test.IsCaseSensitive),
        TestOperator.Contains or TestOperator.StartsWith or TestOperator.EndsWith =>
            new TextTest(test.Operator, test.Value, test.IsCaseSensitive),
        TestOperator.Like => new LikeTest(
            new WildcardPattern(test.Field is null ? $"*{test.Value}*" : test.Value, test.IsCaseSensitive)),
        TestOperator.Regex => new RegexTest(test.Value),
        TestOperator.Cidr => new NetworkTest(test.Value),
        _ => new NumberTest(test.Operator, test.Value),
    };

    /// <summary>Reads a number in invariant form; what is written in hexadecimal is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryReadNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private sealed class EqualsTest(string expected, bool isCaseSensitive) : ValueTest
    {
        private readonly bool _isNumber = TryReadNumber(expected, out double _);
        private readonly double _number = TryReadNumber(expected, out double number) ? number : 0;
        private readonly StringComparison _comparison =
            isCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

        public override bool Passes(in RuleValue value) => value.Kind switch
        {
            RuleValueKind.Text => value.ToText().Equals(expected, _comparison),
            RuleValueKind.Integer or RuleValueKind.Real => _isNumber && value.Number.Equals(_number),
            RuleValueKind.Time => IsTime(value),
            _ => value.ToText().Equals(expected, StringComparison.OrdinalIgnoreCase),
        };

        private bool IsTime(in RuleValue value) =>
            DateTimeOffset.TryParse(
                expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && time == value.Time;
    }

    private sealed class TextTest(TestOperator test, string part, bool isCaseSensitive) : ValueTest
    {
        private readonly StringComparison _comparison =
            isCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

        // No other letter than those of ASCII is equal to one of ASCII in another case.
        private readonly bool _isAsciiOfAnyCase = !isCaseSensitive && part.Length > 0 && Ascii.IsValid(part);

        public override bool Passes(in RuleValue value)
        {
            string text = value.ToText();
            return test switch
            {
                TestOperator.StartsWith => text.StartsWith(part, _comparison),
                TestOperator.EndsWith => text.EndsWith(part, _comparison),
                _ => _isAsciiOfAnyCase ? ContainsAscii(text) : text.Contains(part, _comparison),
            };
        }

        // Where the runtime has no tables of cultures, it looks for a part of any case letter by letter.
        private bool ContainsAscii(string text)
        {
            char upper = char.ToUpperInvariant(part[0]);
            char lower = char.ToLowerInvariant(part[0]);
            ReadOnlySpan<char> rest = text;
            while (rest.Length >= part.Length)
            {
                int at = rest[..(rest.Length - part.Length + 1)].IndexOfAny(upper, lower);
                if (at < 0)
                {
                    return false;
                }

                if (Ascii.EqualsIgnoreCase(rest.Slice(at, part.Length), part))
                {
                    return true;
                }

                rest = rest[(at + 1)..];
            }

            return false;
        }
    }

    private sealed class LikeTest(WildcardPattern pattern) : ValueTest
    {
        public override bool Passes(in RuleValue value) => pattern.IsMatch(value.ToText());
    }

    private sealed class NetworkTest(string network) : ValueTest
    {
        private readonly AddressRange? _range = AddressRange.TryParse(network);

        public override bool Passes(in RuleValue value) => _range is not null && _range.Contains(value.ToText());
    }

    private sealed class NumberTest(TestOperator test, string bound) : ValueTest
    {
        private readonly double _bound = TryReadNumber(bound, out double number) ? number : double.NaN;

        public override bool Passes(in RuleValue value)
        {
            double number = value.IsNumber ? value.Number
                : TryReadNumber(value.ToText(), out double read) ? read
                : double.NaN;
            return test switch
            {
                TestOperator.Less => number < _bound,
                TestOperator.LessOrEqual => number <= _bound,
                TestOperator.Greater => number > _bound,
                _ => number >= _bound,
            };
        }
    }
}
