using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>Reads the content of a file of suppressions; every fault names the file and the line.</summary>
internal ref struct SuppressionReader
{
    private static readonly string[] s_times =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private readonly string _path;
    private readonly ReadOnlySpan<byte> _content;
    private Utf8JsonReader _json;

    private SuppressionReader(ReadOnlySpan<byte> content, string path)
    {
        _content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        _path = path;
        _json = new Utf8JsonReader(_content);
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="path">The file, for the messages.</param>
    /// <returns>Its suppressions, in its order.</returns>
    /// <exception cref="InvalidDataException">The content has a fault.</exception>
    public static IReadOnlyList<LogSuppression> Read(ReadOnlySpan<byte> content, string path)
    {
        SuppressionReader reader = new(content, path);
        try
        {
            return reader.ReadAll();
        }
        catch (JsonException error)
        {
            long line = (error.LineNumber ?? 0) + 1;
            string cause = error.Message.Split(" LineNumber:")[0];
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"'{path}', line {line}: it is no JSON: {cause}"), error);
        }
    }

    private List<LogSuppression> ReadAll()
    {
        int fault = System.Text.Unicode.Utf8.IsValid(_content) ? -1 : FirstFault();
        if (fault >= 0)
        {
            throw Fault(fault, "it is no UTF-8.");
        }

        List<LogSuppression> all = [];
        _json.Read();
        Require(JsonTokenType.StartArray, "a file of suppressions is a JSON array of objects.");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.StartObject, "a suppression is a JSON object.");
            long start = _json.TokenStartIndex;
            LogSuppression read = ReadOne(start);
            if (all.Exists(other => other.Id == read.Id))
            {
                throw Fault(start, $"the Id '{read.Id}' stands here a second time.");
            }

            all.Add(read);
        }

        // What follows the array is no JSON, and the reader says so.
        _json.Read();
        return all;
    }

    private readonly int FirstFault()
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(_content[at..], out _, out int length) == OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private LogSuppression ReadOne(long start)
    {
        Dictionary<string, string> texts = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, DateTimeOffset?> times = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, IReadOnlyList<string>> fields = new(StringComparer.OrdinalIgnoreCase);
        List<KeyValuePair<string, JsonElement>> others = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text();
            if (!names.Add(name))
            {
                throw Fault(_json.TokenStartIndex, $"'{name}' stands here a second time.");
            }

            _json.Read();
            switch (name.ToUpperInvariant())
            {
                case "ID" or "RULEID" or "BECAUSE" or "TICKET" or "CREATEDBY":
                    ReadText(name, texts);
                    break;
                case "UNTIL" or "CREATEDAT":
                    times[name] = ReadTime(name);
                    break;
                case "FIELDS":
                    ReadFields(fields);
                    break;
                default:
                    others.Add(new(name, JsonElement.ParseValue(ref _json)));
                    break;
            }
        }

        return Check(start, new LogSuppression
        {
            Id = texts.GetValueOrDefault("Id", ""),
            RuleId = texts.GetValueOrDefault("RuleId"),
            Fields = fields,
            Until = times.TryGetValue("Until", out DateTimeOffset? until) ? until : throw Fault(
                start, "it has no Until; write the time when it ends, or null where it never shall."),
            Because = texts.GetValueOrDefault("Because", ""),
            Ticket = texts.GetValueOrDefault("Ticket"),
            CreatedAt = times.GetValueOrDefault("CreatedAt"),
            CreatedBy = texts.GetValueOrDefault("CreatedBy"),
            Others = others,
        });
    }

    private readonly LogSuppression Check(long start, LogSuppression suppression)
    {
        try
        {
            SuppressionCheck.Require(suppression);
            return suppression;
        }
        catch (FormatException error)
        {
            throw Fault(start, error.Message);
        }
    }

    private readonly void ReadText(string name, Dictionary<string, string> texts)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        Require(JsonTokenType.String, $"{name} is no text.");
        texts[name] = Text();
    }

    private readonly DateTimeOffset? ReadTime(string name)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal;
        Require(JsonTokenType.String, $"{name} is no time.");
        string text = Text();
        return DateTimeOffset.TryParseExact(text, s_times, CultureInfo.InvariantCulture, Style, out DateTimeOffset time)
            ? time
            : throw Fault(
                _json.TokenStartIndex,
                $"{name} is '{text}', which is no time such as 2027-01-01 or 2027-01-01T08:00:00+01:00.");
    }

    private void ReadFields(Dictionary<string, IReadOnlyList<string>> fields)
    {
        Require(JsonTokenType.StartObject, "Fields is no object of field names and values.");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text();
            long start = _json.TokenStartIndex;
            _json.Read();
            if (!fields.TryAdd(name, ReadValues(name)))
            {
                throw Fault(start, $"field '{name}' stands here a second time.");
            }

            CheckValues(start, name, fields[name]);
        }
    }

    // Here and not only for the whole, because here the line of the value is known.
    private readonly void CheckValues(long start, string name, IReadOnlyList<string> values)
    {
        Dictionary<string, IReadOnlyList<string>> field = new() { [name] = values };
        _ = Check(start, new LogSuppression { Id = "(this one)", Because = "it is checked", Fields = field });
    }

    private List<string> ReadValues(string name)
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            return [Text()];
        }

        Require(JsonTokenType.StartArray, $"the values of {name} are no text and no array of texts.");
        List<string> values = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.String, $"a value of {name} is no text.");
            values.Add(Text());
        }

        return values;
    }

    // The escape of half a character is JSON, but no text.
    private readonly string Text()
    {
        try
        {
            return _json.GetString()!; // Names and texts are what it is called for.
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException(
                Fault(_json.TokenStartIndex, "a text holds half a character.").Message, error);
        }
    }

    private readonly void Require(JsonTokenType type, string cause)
    {
        if (_json.TokenType != type)
        {
            throw Fault(_json.TokenStartIndex, cause);
        }
    }

    private readonly InvalidDataException Fault(long index, string cause)
    {
        int line = _content[..(int)index].Count((byte)'\n') + 1;
        return new InvalidDataException(
            string.Create(CultureInfo.InvariantCulture, $"'{_path}', line {line}: {cause}"));
    }
}
