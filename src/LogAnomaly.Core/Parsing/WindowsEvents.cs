using System.Globalization;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>Makes events of Windows records.</summary>
public static class WindowsEvents
{
    private const string NoLine = "";

    /// <summary>Makes an event of a record that is at hand as an object.</summary>
    /// <param name="record">The record.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="number">Number of the record in its source, from 1.</param>
    /// <returns>The event; its <see cref="LogEvent.Raw"/> is the record's XML, or else its message.</returns>
    public static LogEvent FromRecord(WindowsRecord record, LogSource source, long number = 1)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(source);
        LogLine line = LogLine.FromString(record.Xml ?? record.Message ?? NoLine, number);
        ParseContext context = new(source, new LogClock(TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch));
        WindowsParts parts = (record.Xml is null ? null : WindowsXml.Read(line.Span, context))
            ?? new WindowsParts { EventId = record.Id };
        Fill(parts, record);
        return Make(parts, line, context);
    }

    /// <summary>Makes an event of what a record says.</summary>
    /// <param name="parts">What it says.</param>
    /// <param name="line">Its line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event.</returns>
    internal static WindowsEvent Make(WindowsParts parts, in LogLine line, ParseContext context)
    {
        NameValues(parts);
        WindowsFields fields = new(parts, context.Pool);
        fields.Fill();
        int count = parts.Data.Count;
        string[] names = new string[count + parts.System.Count];
        string?[] data = new string?[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            KeyValuePair<string, string?> pair = i < count ? parts.Data[i] : parts.System[i - count];
            names[i] = pair.Key;
            data[i] = pair.Value is { Length: <= 64 } value
                ? context.Pool.Get(Encoding.UTF8.GetBytes(value))
                : pair.Value;
        }

        context.State<WindowsShapes>().Share(parts.EventId, ref names);
        byte[]? message = parts.Message is null ? null : Encoding.UTF8.GetBytes(parts.Message);
        return new WindowsEvent(
            line, context.Source, new WindowsValues(fields.Fields, fields.Values, names, data, count), message)
        {
            Timestamp = parts.Time,
            Level = LevelOf(parts, fields.Outcome),
            HostName = parts.Computer is null ? null : context.Pool.Get(Encoding.UTF8.GetBytes(parts.Computer)),
            Program = parts.Provider is null ? null : context.Pool.Get(Encoding.UTF8.GetBytes(parts.Provider)),
            ProcessId = parts.ProcessId,
        };
    }

    private static void Fill(WindowsParts parts, WindowsRecord record)
    {
        parts.Provider ??= record.ProviderName;
        parts.Channel ??= record.LogName;
        parts.Computer ??= record.MachineName;
        parts.RecordId ??= record.RecordId;
        parts.Time = record.TimeCreated ?? parts.Time;
        parts.Level ??= record.Level?.ToString(CultureInfo.InvariantCulture) ?? record.LevelDisplayName;
        parts.ProcessId ??= record.ProcessId;
        parts.ThreadId ??= record.ThreadId;
        parts.Message ??= record.Message;
        if (parts.Audit is null)
        {
            parts.SetKeywords(record.Keywords?.ToString(CultureInfo.InvariantCulture));
        }

        if (parts.System.Count == 0)
        {
            AddHeader(parts, record);
        }

        if (parts.Data.Count == 0 && parts.Unnamed.Count == 0)
        {
            parts.Data.AddRange(record.Data);
            foreach (object? value in parts.Data.Count == 0 ? record.Properties : [])
            {
                parts.Unnamed.Add(Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }
    }

    private static void AddHeader(WindowsParts parts, WindowsRecord record)
    {
        parts.System.Add(new("EventID", record.Id.ToString(CultureInfo.InvariantCulture)));
        (string Name, string? Value)[] header =
        [
            ("Provider_Name", record.ProviderName), ("Channel", record.LogName), ("Computer", record.MachineName),
            ("EventRecordID", record.RecordId?.ToString(CultureInfo.InvariantCulture)),
            ("Security_UserID", record.UserId),
        ];
        foreach ((string name, string? value) in header)
        {
            if (value is not null)
            {
                parts.System.Add(new(name, value));
            }
        }
    }

    // Values without names get those that the event has by its manifest, else the ones that collectors give them.
    private static void NameValues(WindowsParts parts)
    {
        if (parts.Unnamed.Count == 0)
        {
            return;
        }

        string[] names = WindowsDataNames.Of(parts.Provider, parts.EventId);
        bool isKnown = names.Length > 0 && parts.Data.Count == 0;
        for (int i = 0; i < parts.Unnamed.Count; i++)
        {
            string name = isKnown && i < names.Length
                ? names[i]
                : string.Create(CultureInfo.InvariantCulture, $"param{i + 1}");
            parts.Data.Add(new(name, parts.Unnamed[i]));
        }

        if (!isKnown)
        {
            parts.Data.Add(new("Data", string.Join('\n', parts.Unnamed)));
        }
    }

    // A record of an audit has no level of its own: a failure is a warning, as with any other log of logins.
    private static LogLevel LevelOf(WindowsParts parts, Outcome outcome)
    {
        switch (parts.Level)
        {
            case "1":
                return LogLevel.Critical;
            case "2":
                return LogLevel.Error;
            case "3":
                return LogLevel.Warning;
            case "4":
                return LogLevel.Informational;
            case "5":
                return LogLevel.Debug;
            default:
                bool isFailure = (parts.Audit ?? outcome) == Outcome.Failure;
                bool isWord = parts.Level is { } word && !isFailure
                    && LevelWords.TryParse(Encoding.UTF8.GetBytes(word), out LogLevel level) && level != default;
                return isFailure ? LogLevel.Warning
                    : isWord && LevelWords.TryParse(Encoding.UTF8.GetBytes(parts.Level!), out LogLevel named) ? named
                    : LogLevel.Informational;
        }
    }
}
