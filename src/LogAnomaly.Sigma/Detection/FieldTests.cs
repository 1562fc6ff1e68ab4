using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using LogAnomaly.Rules;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Detection;

/// <summary>Makes the tests of one key of a selection.</summary>
/// <param name="key">The key.</param>
/// <param name="options">How rules are read.</param>
internal sealed class FieldTests(FieldKey key, SigmaOptions options)
{
    private const int GreatestDashes = 625;

    /// <summary>The condition that a key and its value make.</summary>
    /// <param name="value">The value, or a list of values.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="RuleFormatException">A value does not fit the modifiers.</exception>
    public RuleCondition Of(YamlNode value)
    {
        IReadOnlyList<YamlNode> values = value is YamlList list ? list.Items : [value];
        if (values.Count == 0)
        {
            throw new RuleFormatException(value.Line, $"'{key.Field}' has an empty list.");
        }

        List<RuleCondition> parts = [.. values.Select(OfOne)];
        RuleCondition all = key.IsAll ? Conditions.All(parts) : Conditions.Any(parts);
        return key.IsNegated ? new NotOf(all) : all;
    }

    private RuleCondition OfOne(YamlNode value)
    {
        if (value is not YamlText text)
        {
            throw new RuleFormatException(
                value.Line, $"'{key.Field}' has {value.Kind} where it takes a value or a list of values.");
        }

        if (text.IsNull)
        {
            return OfNothing(text);
        }

        IReadOnlyList<string> texts =
            key.IsExpanded ? Placeholders.Expand(text.Value, text.Line, options) : [text.Value];
        return Conditions.Any([.. texts.Select(one => key.Kind switch
        {
            ValueKind.Regex => OfRegex(one, text.Line),
            ValueKind.Cidr => new FieldTest(key.Field, TestOperator.Cidr, NetworkOf(one, text.Line)),
            ValueKind.Exists => OfExists(text),
            ValueKind.FieldReference => OfReference(one),
            ValueKind.Bound => OfNumber(key.Comparison, one, text.Line),
            _ when key.TimePart is not null => OfNumber(TestOperator.Equals, one, text.Line),
            _ => OfText(one, text.Line),
        })]);
    }

    private FieldTest OfNothing(YamlText text) =>
        key.Field is not null && key.Kind == ValueKind.Text && key.TimePart is null
            ? new FieldTest(key.Field, TestOperator.IsNull, "")
            : throw new RuleFormatException(text.Line, "A value is missing here.");

    private RuleCondition OfText(string value, int line)
    {
        ValuePattern pattern = ValuePattern.Parse(value);
        IReadOnlyList<ValuePattern> patterns = [pattern];
        if (key.IsWinDash)
        {
            patterns = pattern.WithAllDashes(GreatestDashes)
                ?? throw new RuleFormatException(
                    line, $"'{value}' has more dashes than windash can vary; split it with |all.");
        }

        if (key.Encodings.Count > 0)
        {
            if (pattern.HasWildcards)
            {
                throw new RuleFormatException(
                    line, $"'{value}' has a wildcard, which cannot be encoded; escape it with a backslash.");
            }

            patterns = [.. patterns.SelectMany(one => TextEncodings.Encode(one.Characters, key.Encodings))
                .Select(ValuePattern.Literal)];
        }

        // What is encoded means something else in another case.
        bool isCased = key.IsCased
            || key.Encodings.Any(encoding => encoding.StartsWith("base64", StringComparison.Ordinal));
        ValueShape shape = key.Field is null && key.Shape == ValueShape.Whole ? ValueShape.Contains : key.Shape;
        return Conditions.Any([.. patterns.Select(one => one.In(shape).ToTest(key.Field, isCased))]);
    }

    private FieldTest OfRegex(string pattern, int line)
    {
        bool ignoresCase = key.RegexOptions.Contains('i');
        string value = key.RegexOptions.Length > 0 ? $"(?{key.RegexOptions}){pattern}" : pattern;
        if (!options.IsBuiltIn)
        {
            Check(value, line);
        }

        return new FieldTest(key.Field, TestOperator.Regex, value) { IsCaseSensitive = !ignoresCase };
    }

    private static void Check(string pattern, int line)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (RegexParseException exception)
        {
            throw new RuleFormatException(line, $"The regular expression cannot be used: {exception.Message}");
        }
    }

    private FieldTest OfExists(YamlText text) => text.ToBoolean() switch
    {
        true => new FieldTest(key.Field, TestOperator.Exists, ""),
        false => new FieldTest(key.Field, TestOperator.Missing, ""),
        _ => throw new RuleFormatException(text.Line, $"'exists' takes true or false, not '{text.Value}'."),
    };

    private FieldTest OfReference(string field)
    {
        TestOperator comparison = key.Shape switch
        {
            ValueShape.Contains => TestOperator.FieldContains,
            ValueShape.StartsWith => TestOperator.FieldStartsWith,
            ValueShape.EndsWith => TestOperator.FieldEndsWith,
            _ => TestOperator.FieldEquals,
        };
        return new FieldTest(key.Field, comparison, field.Trim()) { IsCaseSensitive = key.IsCased };
    }

    private FieldTest OfNumber(TestOperator comparison, string value, int line) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? new FieldTest(key.Field, comparison, number.ToString("R", CultureInfo.InvariantCulture))
            {
                TimePart = key.TimePart,
            }
            : throw new RuleFormatException(line, $"'{value}' is no number.");

    // Bits behind the prefix are cut off: people write the address of the machine and the prefix of its network.
    private static string NetworkOf(string value, int line)
    {
        string[] parts = value.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address)
            || (address.AddressFamily == AddressFamily.InterNetwork && parts[0].Split('.').Length != 4))
        {
            throw new RuleFormatException(line, $"'{value}' is no network such as 10.0.0.0/8 or fd00::/8.");
        }

        byte[] bytes = address.GetAddressBytes();
        int length = bytes.Length * 8;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length)
            || length > bytes.Length * 8))
        {
            throw new RuleFormatException(line, $"'{value}' has no prefix from 0 to {bytes.Length * 8}.");
        }

        for (int at = 0; at < bytes.Length; at++)
        {
            int kept = Math.Clamp(length - (at * 8), 0, 8);
            bytes[at] &= (byte)(0xFF << (8 - kept));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{length}");
    }
}
