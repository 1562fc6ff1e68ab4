using System.Text;

namespace LogAnomaly.Reading;

/// <summary>Counts the shapes of unparsed lines in bounded memory.</summary>
internal sealed class ShapeTally
{
    private const int LongestShape = 80;
    private const int LongestExample = 500;
    private const int MaximumShapes = 2_000;
    private const int Reported = 20;

    private readonly Dictionary<string, Tally> _tallies = new(StringComparer.Ordinal);

    /// <summary>Counts a line. Beyond the limit of shapes, new ones count under <c>(other)</c>.</summary>
    /// <param name="line">The bytes of the line.</param>
    /// <param name="number">Its number.</param>
    public void Add(ReadOnlySpan<byte> line, long number)
    {
        string shape = ShapeOf(line);
        if (!_tallies.TryGetValue(shape, out Tally? tally))
        {
            shape = _tallies.Count < MaximumShapes ? shape : "(other)";
            if (!_tallies.TryGetValue(shape, out tally))
            {
                ReadOnlySpan<byte> example = line[..Math.Min(line.Length, LongestExample)];
                tally = new Tally(number, Encoding.UTF8.GetString(example));
                _tallies.Add(shape, tally);
            }
        }

        tally.Count++;
    }

    /// <summary>Adds what another tally counted in a later part of the same source.</summary>
    /// <param name="later">The other tally.</param>
    /// <param name="linesBefore">Lines before that part; the other tally numbers its lines from 1.</param>
    public void Include(ShapeTally later, long linesBefore)
    {
        foreach ((string shape, Tally counted) in later._tallies)
        {
            string key = _tallies.Count < MaximumShapes || _tallies.ContainsKey(shape) ? shape : "(other)";
            if (!_tallies.TryGetValue(key, out Tally? tally))
            {
                tally = new Tally(counted.LineNumber + linesBefore, counted.Example);
                _tallies.Add(key, tally);
            }

            tally.Count += counted.Count;
        }
    }

    /// <summary>The most frequent shapes.</summary>
    /// <returns>At most 20, the most frequent first, then by line number.</returns>
    public IReadOnlyList<UnparsedShape> ToShapes() => _tallies
        .OrderByDescending(pair => pair.Value.Count)
        .ThenBy(pair => pair.Value.LineNumber)
        .Take(Reported)
        .Select(pair => new UnparsedShape(pair.Key, pair.Value.Count, pair.Value.LineNumber, pair.Value.Example))
        .ToArray();

    private static string ShapeOf(ReadOnlySpan<byte> line)
    {
        Span<char> shape = stackalloc char[LongestShape];
        int length = 0;
        char last = '\0';
        foreach (byte value in line)
        {
            char mark = MarkOf(value);
            if (mark == last && mark is 'a' or '0' or ' ' or '?')
            {
                continue;
            }

            if (length == LongestShape)
            {
                break;
            }

            shape[length++] = last = mark;
        }

        return new string(shape[..length]);
    }

    private static char MarkOf(byte value) => (char)value switch
    {
        >= '0' and <= '9' => '0',
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => 'a',
        ' ' or '\t' => ' ',
        > ' ' and < (char)0x7F => (char)value,
        _ => '?',
    };

    private sealed class Tally(long lineNumber, string example)
    {
        public long LineNumber { get; } = lineNumber;

        public string Example { get; } = example;

        public long Count { get; set; }
    }
}
