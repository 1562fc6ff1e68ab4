using System.Buffers;
using System.Globalization;
using System.Text;

namespace LogAnomaly.Templates;

/// <summary>Reads the values of a template's variable places from messages, and says what they are.</summary>
internal static class TemplateValues
{
    private const int MostExamples = 5;

    private static readonly SearchValues<char> s_numbers = SearchValues.Create("0123456789.+-");

    private static readonly (string Mark, LogParameterType Type)[] s_types =
    [
        ("<*>", LogParameterType.Any), ("<num>", LogParameterType.Number), ("<hex>", LogParameterType.Hex),
        ("<ip>", LogParameterType.IPAddress), ("<mac>", LogParameterType.Mac), ("<uuid>", LogParameterType.Uuid),
        ("<path>", LogParameterType.Path), ("<url>", LogParameterType.Url), ("<email>", LogParameterType.Email),
        ("<host>", LogParameterType.Host), ("<user>", LogParameterType.User), ("<command>", LogParameterType.Command),
        ("<duration>", LogParameterType.Duration), ("<size>", LogParameterType.Size), ("<time>", LogParameterType.Time),
        ("<id>", LogParameterType.Identifier),
    ];

    /// <summary>The parameters of a template.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="messages">Messages that have it.</param>
    /// <returns>The parameters, in the order of the text.</returns>
    public static IReadOnlyList<LogParameter> Of(string text, IReadOnlyList<byte[]> messages)
    {
        List<string> pieces = [];
        List<LogParameterType> types = [];
        SplitText(text, pieces, types);
        if (types.Count == 0)
        {
            return [];
        }

        List<string>[] values = [.. types.Select(_ => new List<string>())];
        foreach (byte[] message in messages)
        {
            Align(Normalized(message), pieces, values);
        }

        return [.. types.Select((type, position) => Describe(position, type, values[position]))];
    }

    private static void SplitText(string text, List<string> pieces, List<LogParameterType> types)
    {
        int start = 0;
        for (int at = 0; at < text.Length; at++)
        {
            int index = text[at] == '<'
                ? Array.FindIndex(s_types, type => string.CompareOrdinal(text, at, type.Mark, 0, type.Mark.Length) == 0)
                : -1;
            if (index < 0)
            {
                continue;
            }

            pieces.Add(text[start..at]);
            types.Add(s_types[index].Type);
            at += s_types[index].Mark.Length - 1;
            start = at + 1;
        }

        pieces.Add(text[start..]);
    }

    // Values are what stands between the constant pieces; a message that does not hold them all tells nothing.
    private static void Align(string message, List<string> pieces, List<string>[] values)
    {
        if (!message.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return;
        }

        int at = pieces[0].Length;
        List<(int Position, string Value)> found = [];
        for (int i = 1; i < pieces.Count; i++)
        {
            bool isLast = i == pieces.Count - 1;
            int end = pieces[i].Length == 0
                ? isLast ? message.Length : at
                : isLast ? message.LastIndexOf(pieces[i], StringComparison.Ordinal)
                : message.IndexOf(pieces[i], Math.Min(at + 1, message.Length), StringComparison.Ordinal);
            if (end < at)
            {
                return;
            }

            if (end > at)
            {
                found.Add((i - 1, message[at..end]));
            }

            at = end + pieces[i].Length;
        }

        found.ForEach(value => values[value.Position].Add(value.Value));
    }

    private static string Normalized(byte[] message)
    {
        string text = Encoding.UTF8.GetString(message).Trim(' ', '\t');
        return string.Join(' ', text.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }

    private static LogParameter Describe(int position, LogParameterType type, List<string> values)
    {
        HashSet<string> distinct = new(values, StringComparer.Ordinal);
        type = type == LogParameterType.Any && values.Count > 0 ? Infer(distinct) : type;
        double? minimum = null;
        double? maximum = null;
        if (type is LogParameterType.Number or LogParameterType.Duration or LogParameterType.Size)
        {
            foreach (string value in distinct)
            {
                if (TryReadNumber(value, out double number))
                {
                    minimum = minimum is { } least && least <= number ? least : number;
                    maximum = maximum is { } most && most >= number ? most : number;
                }
            }
        }

        return new LogParameter(position, type, distinct.Count, [.. distinct.Take(MostExamples)], minimum, maximum);
    }

    private static LogParameterType Infer(HashSet<string> values)
    {
        LogParameterType? common = null;
        foreach (string value in values)
        {
            LogParameterType type = TypeOf(value);
            if (common is { } known && known != type)
            {
                return LogParameterType.Any;
            }

            common = type;
        }

        return common ?? LogParameterType.Any;
    }

    private static LogParameterType TypeOf(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        byte[] shape = new byte[bytes.Length];
        int length = MessageShape.Write(bytes, default, shape);
        char[] masked = new char[length];
        int written = MessageMask.Apply(Encoding.UTF8.GetString(shape, 0, length), masked);
        string mark = written == 1 ? Mark.TextOf(masked[0]) : "<*>";
        int index = Array.FindIndex(s_types, type => type.Mark == mark);
        return index < 0 ? LogParameterType.Any : s_types[index].Type;
    }

    // -1,024.5 kB: the number without what follows it.
    private static bool TryReadNumber(string value, out double number)
    {
        string digits = value.TrimStart('<', '>', '~').Replace(",", "", StringComparison.Ordinal);
        int end = digits.AsSpan().IndexOfAnyExcept(s_numbers);
        return double.TryParse(
            end < 0 ? digits : digits[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
