using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class RecordFuzzTests
{
    private const int Mutations = 300;

    private static readonly LogFormat[] s_formats =
        [new JsonFormat(), new WindowsJsonFormat(), new WindowsXmlFormat(), new LogfmtFormat(), new LtsvFormat(),
            new CriFormat(), new CefFormat(), new CsvFormat(),
            new PatternFormat(@"(?<timestamp>\S+) (?<level>\w+) (?<message>.*)")];

    private static readonly byte[][] s_lines =
    [
        .. RecordSamples.Json.Concat(RecordSamples.Logfmt)
            .Concat(RecordSamples.Ltsv)
            .Concat(RecordSamples.Cri)
            .Concat(RecordSamples.Cef)
            .Select(sample => Encoding.UTF8.GetBytes(sample.Line)),
        .. new[]
        {
            "time,level,message,client_ip", "2026-01-02 03:04:05,warn,\"a \"\"b\"\"\",192.0.2.7",
            "<Event><System><Provider Name='a'/><EventID>1</EventID><Channel>c</Channel></System><EventData><Data Name='b'>c</Data><Data>d</Data></EventData></Event>",
            """{"winlog":{"event_id":1,"channel":"Security","event_data":{"Data":["a",{"Value":"b"}]}},"Properties":[{"Value":"x"}]}""",
            """{"resourceLogs":[{"resource":{"attributes":[{"key":"a","value":{"kvlistValue":{"values":[]}}}]},"scopeLogs":[{"logRecords":[{"body":{"arrayValue":{"values":[{"intValue":"1"}]}}}]}]}]}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Cut_and_changed_lines_give_sound_events_or_none()
    {
        Random random = new(20260102);
        foreach (byte[] line in s_lines)
        {
            for (int length = 1; length <= line.Length; length += 1 + (line.Length / 60))
            {
                CheckAll(line[..length]);
            }

            for (int i = 0; i < Mutations; i++)
            {
                CheckAll(Soundness.Mutate(line, s_lines[random.Next(s_lines.Length)], random));
            }
        }
    }

    [Fact]
    public void The_ledger_sums_whatever_is_read()
    {
        Random random = new(7);
        for (int round = 0; round < 60; round++)
        {
            List<byte> text = [];
            int count = random.Next(1, 30);
            for (int i = 0; i < count; i++)
            {
                text.AddRange(random.Next(3) == 0
                    ? Soundness.Mutate(s_lines[random.Next(s_lines.Length)], s_lines[0], random)
                    : s_lines[random.Next(s_lines.Length)]);
                text.Add((byte)'\n');
            }

            LogFormat? format = random.Next(2) == 0 ? null : s_formats[random.Next(s_formats.Length)];
            Samples.Read(
                [.. text],
                out ParseLedger ledger,
                new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = format });
            Assert.Equal(text.Count(value => value == '\n'), ledger.LinesRead);
            Assert.Equal(ledger.LinesRead, ledger.Parsed + ledger.Unparsed + ledger.Skipped);
            LogTextReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = format });
            foreach (string piece in Encoding.UTF8.GetString([.. text]).Split('\n'))
            {
                _ = reader.Add(piece).Count();
            }

            _ = reader.Complete().Count();
            Assert.Equal(
                reader.Ledger.LinesRead, reader.Ledger.Parsed + reader.Ledger.Unparsed + reader.Ledger.Skipped);
        }
    }

    private static void CheckAll(byte[] line)
    {
        if (line.Length == 0)
        {
            return;
        }

        foreach (LogFormat format in s_formats)
        {
            ParseContext context = Sample.NewContext();
            LogEvent? made = format.Parse(new LogLine(line, 0, line.Length, 1, 0), context);
            foreach (LogEvent one in made is null ? context.Further : context.Further.Append(made))
            {
                Check(one);
            }
        }
    }

    private static void Check(LogEvent made)
    {
        _ = made.Message;
        _ = made.MessageSpan.Length;
        _ = made["nowhere"];
        Assert.All(made.GetProperties().Keys, Assert.NotNull);
        foreach (LogField field in made.GetKindFields())
        {
            switch (made.GetValue(field))
            {
                case string address when field is LogField.SourceIP or LogField.DestinationIP:
                    Assert.True(System.Net.IPAddress.TryParse(address, out _), address);
                    break;
                case int port when field is LogField.SourcePort or LogField.DestinationPort:
                    Assert.InRange(port, 0, 65535);
                    break;
                case int status when field == LogField.StatusCode:
                    Assert.InRange(status, 100, 999);
                    break;
                default:
                    break;
            }
        }
    }
}
