using System.Buffers;

namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// Sessions in a file, one a line: <c>[id,] event event ...</c>. Events are any words, with spaces, tabs or commas
/// between; brackets and quotes around them are dropped. Whether lines start with an id is found out from all lines
/// together.
/// </summary>
public static class SequenceFile
{
    private const double DistinctIds = 0.95;
    private static readonly SearchValues<char> s_blanks = SearchValues.Create(" \t");
    private static readonly char[] s_separators = [' ', '\t', ','];
    private static readonly char[] s_wrappers = ['[', ']', '(', ')', '"', '\''];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The sessions, in the order of the lines; empty lines are passed over.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<LogSequence> Read(string path)
    {
        using StreamReader reader = new(path);
        return Read(reader);
    }

    /// <summary>Reads lines.</summary>
    /// <param name="reader">The lines.</param>
    /// <returns>The sessions, in the order of the lines; empty lines are passed over.</returns>
    public static IReadOnlyList<LogSequence> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line.Trim());
            }
        }

        bool hasIds = HasIds(lines);
        Dictionary<string, string> pool = new(StringComparer.Ordinal);
        return [.. lines.Select(line => Parse(line, hasIds, pool))];
    }

    // A comma right after the first word and blanks elsewhere, or first words that name one line each and are no
    // events.
    private static bool HasIds(List<string> lines)
    {
        if (lines.Count == 0 || lines.Exists(line => CommaAfterFirstWord(line) < 0))
        {
            return false;
        }

        if (lines.TrueForAll(line => !line.AsSpan(CommaAfterFirstWord(line) + 1).Contains(','))
            && lines.Exists(line => line.AsSpan(CommaAfterFirstWord(line) + 1).Trim().ContainsAny(s_blanks)))
        {
            return true;
        }

        HashSet<string> ids = new(lines.Select(line => line[..CommaAfterFirstWord(line)]), StringComparer.Ordinal);
        return ids.Count >= DistinctIds * lines.Count
            && !lines.Exists(line => line[(CommaAfterFirstWord(line) + 1)..]
                .Split(s_separators, StringSplitOptions.RemoveEmptyEntries).Any(ids.Contains));
    }

    private static int CommaAfterFirstWord(string line)
    {
        int end = line.AsSpan().IndexOfAny(s_separators);
        return end > 0 && line[end] == ',' ? end : -1;
    }

    private static LogSequence Parse(string line, bool hasIds, Dictionary<string, string> pool)
    {
        int comma = hasIds ? CommaAfterFirstWord(line) : -1;
        List<string> events = [];
        foreach (string word in line[(comma + 1)..].Split(s_separators, StringSplitOptions.RemoveEmptyEntries))
        {
            string name = word.Trim(s_wrappers);
            if (name.Length > 0)
            {
                // A file has millions of events and few names.
                if (!pool.TryGetValue(name, out string? pooled))
                {
                    pool.Add(name, name);
                    pooled = name;
                }

                events.Add(pooled);
            }
        }

        return new LogSequence(comma < 0 ? null : line[..comma].Trim(s_wrappers), events);
    }
}
