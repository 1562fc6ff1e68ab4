using System.Globalization;
using System.Text.RegularExpressions;
using LogAnomaly.Reading;

namespace LogAnomaly.Analysis;

/// <summary>
/// Where it is said which lines of a log are anomalous: <c>json</c> (the file beside the log, its name with
/// <c>.labels.json</c>, in the form that New-SyntheticLog writes), <c>json:FILE</c>, <c>column:N!=VALUE</c> or
/// <c>column:N=VALUE</c> (a word of the line, counted from 1; it is cut out of the line, so that no detector sees it),
/// <c>property:NAME!=VALUE</c> or <c>property:NAME=VALUE</c> (a field of the event or a property of its JSON or CSV
/// line), or <c>pattern:REGEX</c>.
/// </summary>
public sealed class LogLabelSource
{
    private static readonly TimeSpan s_patternTimeout = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, LabelFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<long>> _cut = new(StringComparer.Ordinal);
    private readonly string? _labelPath;
    private readonly bool _readsFiles;
    private readonly int _column;
    private readonly string? _property;
    private readonly string _value = "";
    private readonly bool _isEqual;
    private readonly Regex? _pattern;

    /// <summary>Creates a source.</summary>
    /// <param name="specification">What it is, as above.</param>
    /// <exception cref="FormatException">The specification is none; the message says what one looks like.</exception>
    public LogLabelSource(string specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        int colon = specification.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? specification : specification[..colon];
        string rest = colon < 0 ? "" : specification[(colon + 1)..];
        switch (kind)
        {
            case "json":
                _readsFiles = true;
                _labelPath = rest.Length == 0 ? null : Path.GetFullPath(rest);
                break;
            case "column" when TrySplit(rest, out string number, out _value, out _isEqual)
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _column) && _column > 0:
                break;
            case "property" when TrySplit(rest, out string name, out _value, out _isEqual):
                _property = name;
                break;
            case "pattern" when rest.Length > 0:
                _pattern = ToPattern(rest);
                break;
            default:
                throw new FormatException(
                    $"'{specification}' says not where the labels are: write json, json:FILE, column:1!=-, "
                        + "property:NAME=VALUE or pattern:REGEX.");
        }
    }

    /// <summary>
    /// Whether the label stands in the line itself and must be cut out before the line is read: see <see cref="Open"/>.
    /// </summary>
    public bool CutsColumn => _column > 0;

    /// <summary>Opens a log without the column of the labels, which are kept for its events.</summary>
    /// <param name="path">The log.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The log as a stream, to be read under the same path.</returns>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public Stream Open(string path, CancellationToken cancellation = default)
    {
        (Stream? stream, ReadProblem? problem) = LogFile.Open(path, cancellation);
        if (stream is null)
        {
            throw new IOException(problem?.Message ?? $"'{path}' cannot be read.");
        }

        using Stream content = Decompression.Open(stream, cancellation);
        HashSet<long> anomalous = [];
        _cut[path] = anomalous;
        return ColumnCut.Without(content, _column, (line, word) =>
        {
            if (string.Equals(word, _value, StringComparison.Ordinal) == _isEqual)
            {
                anomalous.Add(line);
            }
        });
    }

    /// <summary>What an event is.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Its label, or null where it is normal.</returns>
    /// <exception cref="InvalidDataException">The file of labels cannot be read, or the pattern takes too long; the
    /// message says why.</exception>
    internal string? LabelOf(LogEvent logEvent)
    {
        if (_readsFiles)
        {
            return LinesOf(logEvent)
                .Select(line => FileOf(logEvent.Path).LabelOf(line))
                .FirstOrDefault(label => label is not null);
        }

        if (_column > 0)
        {
            return _cut.TryGetValue(logEvent.Path, out HashSet<long>? lines) && LinesOf(logEvent).Any(lines.Contains)
                ? "anomaly"
                : null;
        }

        if (_property is not null)
        {
            string text = Convert.ToString(logEvent[_property], CultureInfo.InvariantCulture) ?? "";
            return string.Equals(text, _value, StringComparison.OrdinalIgnoreCase) != _isEqual ? null
                : text.Length > 0 ? text
                : "anomaly";
        }

        try
        {
            return _pattern!.IsMatch(logEvent.Raw) ? "anomaly" : null;
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new InvalidDataException(
                $"The pattern of the labels takes more than a second on line {logEvent.LineNumber} of "
                    + $"'{logEvent.Path}': take a simpler one.",
                error);
        }
    }

    /// <summary>The incidents of a log, where its labels tell them.</summary>
    /// <param name="path">The log.</param>
    /// <returns>The incidents; none where only lines are labelled.</returns>
    internal IReadOnlyList<LabelledIncident> IncidentsOf(string path) => _readsFiles ? FileOf(path).Incidents : [];

    private static IEnumerable<long> LinesOf(LogEvent logEvent)
    {
        for (int i = 0; i <= logEvent.FurtherLines; i++)
        {
            yield return logEvent.LineNumber + i;
        }
    }

    private static bool TrySplit(string text, out string name, out string value, out bool isEqual)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        isEqual = equals < 1 || text[equals - 1] != '!';
        name = equals < 1 ? "" : text[..(isEqual ? equals : equals - 1)];
        value = equals < 0 ? "" : text[(equals + 1)..];
        return name.Length > 0;
    }

    private static Regex ToPattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant, s_patternTimeout);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"'{text}' is no pattern: {error.Message}", error);
        }
    }

    private LabelFile FileOf(string path)
    {
        if (!_files.TryGetValue(path, out LabelFile? file))
        {
            file = LabelFile.Read(_labelPath ?? path + ".labels.json");
            _files.Add(path, file);
        }

        return file;
    }
}
