using LogAnomaly.Parsing;
using LogAnomaly.Templates;

namespace LogAnomaly.Tests.Templates;

/// <summary>Compares mined templates with the template that the truth of a log gives each line.</summary>
internal static class GroupingAccuracy
{
    /// <summary>The share of lines whose template has all lines of their true template and no others.</summary>
    /// <param name="log">The log.</param>
    /// <param name="truth">A CSV file with a column <c>EventTemplate</c>, one row a line.</param>
    /// <returns>The share, 0 to 1.</returns>
    public static double Of(string log, string truth)
    {
        string[] wanted = [.. Column(File.ReadAllText(truth), "EventTemplate")];
        string?[] mined = new string?[wanted.Length];
        List<LogEvent> events = [.. new LogReader(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc }).ReadFile(log)];
        TemplateMiner miner = new();
        events.ForEach(e => miner.Add(e));
        miner.Complete();
        foreach (LogEvent logEvent in events)
        {
            mined[logEvent.LineNumber - 1] = logEvent.TemplateId;
        }

        Dictionary<string, int> sizes = wanted.GroupBy(template => template)
            .ToDictionary(group => group.Key, group => group.Count());
        int right = Enumerable.Range(0, wanted.Length)
            .GroupBy(line => mined[line])
            .Where(group => group.Select(line => wanted[line]).Distinct().Count() == 1
                && sizes[wanted[group.First()]] == group.Count())
            .Sum(group => group.Count());
        return (double)right / wanted.Length;
    }

    private static IEnumerable<string> Column(string csv, string name)
    {
        int column = -1;
        foreach (List<string> row in Rows(csv))
        {
            if (column >= 0)
            {
                yield return row[column];
            }
            else
            {
                column = row.IndexOf(name);
            }
        }
    }

    private static IEnumerable<List<string>> Rows(string csv)
    {
        List<string> row = [];
        System.Text.StringBuilder field = new();
        bool isQuoted = false;
        foreach (char value in csv.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace("\"\"", "\u0001", StringComparison.Ordinal))
        {
            if (value == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && value is ',' or '\n' && !isQuoted)
            {
                row.Add(field.ToString());
                field.Clear();
                if (value == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
            else
            {
                field.Append(value);
            }
        }

        if (field.Length > 0)
        {
            row.Add(field.ToString());
            yield return row;
        }
    }
}
