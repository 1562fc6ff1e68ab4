using System.Globalization;
using System.Text.Json;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>The fields of authentication logs that we carry, against those that another parser found.</summary>
public sealed class FilebeatAuthConformanceTests
{
    // The other's field and ours.
    private static readonly (string Name, LogField Field)[] s_fields =
    [
        ("event.action", LogField.Action),
        ("event.outcome", LogField.Outcome),
        ("event.category", LogField.Category),
        ("host.hostname", LogField.HostName),
        ("process.name", LogField.Program),
        ("process.pid", LogField.ProcessId),
        ("source.ip", LogField.SourceIP),
        ("source.port", LogField.SourcePort),
        ("system.auth.ssh.method", LogField.Method),
        ("system.auth.ssh.dropped_ip", LogField.SourceIP),
        ("system.auth.sudo.tty", LogField.Tty),
        ("system.auth.sudo.pwd", LogField.WorkingDirectory),
        ("system.auth.sudo.user", LogField.TargetUser),
        ("system.auth.sudo.command", LogField.Command),
        ("system.auth.sudo.error", LogField.Reason),
    ];

    [Theory]
    [InlineData("test.log", 50)]
    [InlineData("auth-ubuntu1204.log", 300)]
    public void Every_field_that_we_carry_has_the_same_value(string file, int least)
    {
        // The offsets are those of a file without carriage returns.
        List<LogLine> read = Corpora.Lines($"elastic-filebeat/system/auth/{file}");
        int returns = read[0].Buffer.AsSpan().Contains((byte)'\r') ? 1 : 0;
        Dictionary<long, LogLine> lines = read.ToDictionary(line => line.Offset - ((line.Number - 1) * returns));
        using JsonDocument truth = JsonDocument.Parse(
            File.ReadAllText(Corpora.Require($"elastic-filebeat/system/auth/{file}-expected.json")));
        ParseContext context = AuthLine.NewContext();
        int compared = 0;
        List<string> wrong = [];
        foreach (JsonElement expected in truth.RootElement.EnumerateArray())
        {
            LogLine line = lines[expected.GetProperty("log.offset").GetInt64()];
            LogEvent made = new AuthFormat().Parse(line, context)!;
            foreach ((string name, LogField field) in Compared(made))
            {
                if (expected.TryGetProperty(name, out JsonElement value))
                {
                    compared++;
                    string? ours = Convert.ToString(made.GetValue(field), CultureInfo.InvariantCulture);
                    bool isAlike = string.Equals(ours, Text(value), StringComparison.OrdinalIgnoreCase);
                    wrong.AddRange(isAlike ? [] : [$"{name}: {Text(value)}, ours {ours}: {Corpora.Text(line)}"]);
                }
            }
        }

        Assert.True(compared >= least, $"only {compared} fields were compared");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // The user that is added is the one on whom is acted.
    private static IEnumerable<(string Name, LogField Field)> Compared(LogEvent made) =>
        [
            .. s_fields,
            ("user.name", made.GetValue(LogField.Action) is "user_added" ? LogField.TargetUser : LogField.UserName),
        ];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        JsonValueKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
        _ => value.GetString() ?? "",
    };
}
