using System.Net;
using System.Text;
using LogAnomaly.Parsing;

namespace LogAnomaly.Fuzz;

/// <summary>
/// What must hold for every input, whatever it holds: no exception, every line accounted for, every value in its range,
/// and the same events however the bytes arrive and however many threads parse.
/// </summary>
internal static class Oracle
{
    private const int RepeatedLength = 160_000;

    private static readonly DateTimeOffset s_reference = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads an input and judges what comes out.</summary>
    /// <param name="format">The format, or null to find it out.</param>
    /// <param name="input">The bytes.</param>
    /// <param name="isThorough">Whether it is read by two threads too.</param>
    /// <exception cref="InvalidDataException">Something does not hold; the message says what.</exception>
    public static void Check(LogFormat? format, byte[] input, bool isThorough)
    {
        List<string> events = Read(format, new MemoryStream(input), threads: 1);
        if (!isThorough)
        {
            return;
        }

        Require(
            events.SequenceEqual(Read(format, new MemoryStream(input), threads: 2)), "Two threads give other events.");
        _ = Read(format, new SlowStream(input), threads: 1);

        // Over several blocks, which the reader may fill again.
        byte[] repeated = Repeat(input);
        Require(
            Read(format, new MemoryStream(repeated), threads: 1)
                .SequenceEqual(Read(format, new MemoryStream(repeated), threads: 2)),
            "Two threads give other events over several blocks.");
    }

    private static byte[] Repeat(byte[] input)
    {
        byte[] line = [.. input, (byte)'\n'];
        byte[] repeated = new byte[line.Length * ((RepeatedLength / line.Length) + 1)];
        for (int at = 0; at < repeated.Length; at += line.Length)
        {
            line.CopyTo(repeated, at);
        }

        return repeated;
    }

    private static List<string> Read(LogFormat? format, Stream stream, int threads)
    {
        LogReader reader = new(new LogReaderOptions
        {
            Format = format,
            Threads = threads,
            TimeZone = TimeZoneInfo.Utc,
            ReferenceTime = s_reference,
        });
        List<string> events = [];
        List<LogEvent> held = [];
        long lastLine = 0;
        foreach (LogEvent logEvent in reader.ReadStream(stream, "(fuzz)"))
        {
            Require(logEvent.LineNumber >= lastLine, "The events are not in the order of the lines.");
            lastLine = logEvent.LineNumber;
            events.Add(Describe(logEvent));
            held.Add(logEvent);
        }

        for (int i = 0; i < held.Count; i++)
        {
            Require(events[i] == Describe(held[i]), "An event changed after it was given out.");
        }

        LedgerEntry entry = reader.Ledger.Entries[0];
        Require(entry.LinesRead == entry.Parsed + entry.Unparsed + entry.Skipped, "The ledger does not sum.");
        Require(entry.Error is not null || lastLine <= entry.LinesRead, "An event has a line that was not read.");
        return events;
    }

    private static string Describe(LogEvent logEvent)
    {
        StringBuilder text = new();
        text.Append(logEvent.Kind)
            .Append('|')
            .Append(logEvent.LineNumber)
            .Append('|')
            .Append(logEvent.Raw)
            .Append('|')
            .Append(logEvent.Message);
        foreach (LogField field in Enum.GetValues<LogField>())
        {
            object? value = logEvent.GetValue(field);
            CheckValue(field, value);
            text.Append('|').Append(value);
        }

        foreach ((string name, object? value) in logEvent.GetProperties())
        {
            Require(name is not null, "A property has no name.");
            text.Append('|').Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }

    private static void CheckValue(LogField field, object? value)
    {
        switch (field)
        {
            case LogField.SourceIP or LogField.DestinationIP when value is string address:
                Require(IPAddress.TryParse(address, out _), $"{field} is no address: {address}");
                break;
            case LogField.SourcePort or LogField.DestinationPort when value is not null:
                Require(value is int and >= 0 and <= 65535, $"{field} is no port: {value}");
                break;
            case LogField.StatusCode when value is not null:
                Require(value is int and >= 0 and <= 65535, $"{field} is no status: {value}");
                break;
            case LogField.BytesSent or LogField.BytesReceived or LogField.RecordId when value is not null:
                Require(value is long and >= 0, $"{field} is below 0: {value}");
                break;
            case LogField.ProcessId or LogField.LineNumber when value is not null:
                Require(Convert.ToInt64(value, null) >= 0, $"{field} is below 0: {value}");
                break;
            case LogField.RepeatCount when value is not null:
                Require(value is int and >= 0, $"{field} is below 0: {value}");
                break;
            case LogField.DurationMs when value is double duration:
                Require(double.IsFinite(duration), $"{field} is not finite.");
                break;
            case LogField.Level when value is not null:
                Require(Enum.IsDefined((LogLevel)value), $"{value} is no level.");
                break;
            case LogField.Outcome when value is not null:
                Require(Enum.IsDefined((Outcome)value), $"{value} is no outcome.");
                break;
            default:
                break;
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
