using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LogAnomaly.Parsing;

/// <summary>A line that one of some patterns takes apart into its named groups.</summary>
internal sealed class PatternSyntax : RecordSyntax
{
    private readonly PatternOptions _options;
    private readonly string[] _timeFormats;
    private readonly (Regex Expression, (int Group, string Name, LogField? Field)[] Groups)[] _patterns;

    /// <summary>Creates the syntax.</summary>
    /// <param name="patterns">The patterns; the first that matches a line counts.</param>
    /// <param name="options">How captures are read.</param>
    /// <exception cref="ArgumentException">A pattern has a fault or names no group.</exception>
    public PatternSyntax(IReadOnlyList<string> patterns, PatternOptions options)
    {
        _options = options;
        _timeFormats = [.. options.TimeFormats];
        _patterns = [.. patterns.Select(pattern => Prepare(pattern))];
    }

    /// <summary>The expressions, in order.</summary>
    public IEnumerable<Regex> Expressions => _patterns.Select(pattern => pattern.Expression);

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line, RecordFields fields)
    {
        string text = Encoding.UTF8.GetString(line);
        bool isAscii = Ascii.IsValid(line);
        foreach ((Regex expression, (int Group, string Name, LogField? Field)[] groups) in _patterns)
        {
            Match match = expression.Match(text);
            if (!match.Success)
            {
                continue;
            }

            foreach ((int number, string name, LogField? field) in groups)
            {
                Group group = match.Groups[number];
                if (group.Success)
                {
                    Add(name, field, group, isAscii, fields);
                }
            }

            foreach ((string name, string value) in _options.Constants)
            {
                fields.Add(name, RecordValueType.Text, Encoding.UTF8.GetBytes(value));
            }

            return true;
        }

        return false;
    }

    private (Regex Expression, (int Group, string Name, LogField? Field)[] Groups) Prepare(string pattern)
    {
        bool isJoined = _options.StartPattern is not null || _options.JoinsContinuations;
        Regex expression = LinePattern.Compile(pattern, isJoined);
        List<(int Group, string Name, LogField? Field)> groups = [];
        foreach (int number in expression.GetGroupNumbers())
        {
            string name = expression.GroupNameFromNumber(number);
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                string known = NameOf(name);
                groups.Add((number, known, FieldNames.Find(known) is [{ } alias, ..] ? alias.Field : null));
            }
        }

        return groups.Count > 0
            ? (expression, [.. groups])
            : throw new ArgumentException(
                $"The pattern '{pattern}' names no group: name the parts of the line, as in (?<timestamp>[^ ]+) "
                    + "(?<message>.*).",
                nameof(pattern));
    }

    // The names of groups hold no dots, so source_ip stands for source.ip, and http_request_method for
    // http.request.method.
    private string NameOf(string group)
    {
        if (_options.Fields.TryGetValue(group, out LogField field))
        {
            return field.ToString();
        }

        foreach (string name in (string[])
        [
            group,
            group.Replace('_', '.'),
            group.Replace("_", "", StringComparison.Ordinal),
        ])
        {
            if (FieldNames.Find(name).Length > 0)
            {
                return name;
            }
        }

        return group;
    }

    private void Add(string name, LogField? field, Group group, bool isAscii, RecordFields fields)
    {
        string value = group.Value;
        int start = isAscii ? group.Index : -1;
        if (field == LogField.Level && _options.Levels.TryGetValue(value.Trim(), out LogLevel level))
        {
            value = level.ToString();
            start = -1;
        }
        else if (field == LogField.Timestamp && _timeFormats.Length > 0 && TryReadTime(value, out string iso))
        {
            value = iso;
            start = -1;
        }

        fields.Add(
            name,
            value.Length == 0 ? RecordValueType.None : RecordValueType.Text,
            Encoding.UTF8.GetBytes(value),
            start);
    }

    // Without a zone the clock settles it.
    private bool TryReadTime(string value, out string iso)
    {
        const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal;
        iso = "";
        if (!DateTime.TryParseExact(value, _timeFormats, CultureInfo.InvariantCulture, Styles, out DateTime time))
        {
            return false;
        }

        iso = time.ToString(
            time.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fffffff",
            CultureInfo.InvariantCulture);
        return true;
    }
}
