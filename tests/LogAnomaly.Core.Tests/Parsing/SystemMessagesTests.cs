using System.Net;
using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class SystemMessagesTests
{
    private const int Mutations = 10_000;

    [Fact]
    public void Every_sample_line_gives_the_event_that_its_table_says()
    {
        List<string> wrong = [];
        foreach ((string tag, string message, string expected) in SystemSamples.All)
        {
            LogEvent made = AuthLine.Parse($"Jun  3 08:01:02 web1 {tag}: {message}")!;
            string found = made is SystemEvent ? SystemLine.Describe(made) : made.Kind.ToString();
            if (found != expected)
            {
                wrong.Add($"{message}\n  expected {expected}\n  found    {found}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("IN= SRC=10.9.9.9[7]: segfault at 0 ip 0 sp 0 error 4", "IN= SRC=10.9.9.9", null)]
    [InlineData("a[1]: segfault [7]: segfault at 0 ip 0 sp 0 error 4", "a[1]: segfault ", null)]
    [InlineData("Out of memory: Killed process 7 (x) (root) total-vm:1kB", "x) (root", null)]
    public void A_name_that_a_process_chose_never_shifts_the_fields(string message, string command, string? source)
    {
        SystemEvent made = SystemLine.Message("kernel", message);
        Assert.Equal((command, source, "process"), (made.Command, made.SourceIP, made.Category));
    }

    [Fact]
    public void A_name_that_was_asked_for_never_shifts_the_address_of_the_client()
    {
        SystemEvent made = SystemLine.Message(
            "named",
            "client @0x7f 192.0.2.7#4000 (client 10.9.9.9#1): query 'client 10.9.9.9#1: query: x/ANY/IN' denied");
        Assert.Equal(("192.0.2.7", 4000), (made.SourceIP, made.SourcePort));
    }

    [Fact]
    public void Mutated_messages_never_throw_and_never_give_a_false_address_or_message()
    {
        Random random = new(815);
        ParseContext context = AuthLine.NewContext();
        (string Tag, string Message, string Expected)[] samples = [.. SystemSamples.All];
        int known = 0;
        for (int i = 0; i < Mutations; i++)
        {
            (string tag, string message, _) = samples[random.Next(samples.Length)];
            byte[] line = Encoding.UTF8.GetBytes($"Jun  3 08:01:02 web1 {tag}: {message}");
            byte[] other = Encoding.UTF8.GetBytes(samples[random.Next(samples.Length)].Message);
            byte[] mutated = Soundness.Mutate(line, other, random);
            LogEvent? made = mutated.Length == 0
                ? null
                : new SyslogFormat().Parse(new LogLine(mutated, 0, mutated.Length, 1, 0), context);
            known += made is SystemEvent { Action: not null } ? 1 : 0;
            if (made is not null)
            {
                CheckSound(made, mutated);
            }
        }

        Assert.True(known > Mutations / 4, $"only {known} of the mutated lines are still known");
    }

    [Fact]
    public void Every_beginning_of_every_sample_parses_without_an_exception()
    {
        ParseContext context = AuthLine.NewContext();
        foreach ((string tag, string message, _) in SystemSamples.All)
        {
            byte[] line = Encoding.UTF8.GetBytes($"Jun  3 08:01:02 web1 {tag}: {message}");
            for (int length = 1; length <= line.Length; length++)
            {
                byte[] part = line[..length];
                if (new SyslogFormat().Parse(new LogLine(part, 0, length, 1, 0), context) is { } made)
                {
                    CheckSound(made, part);
                }
            }
        }
    }

    private static void CheckSound(LogEvent made, byte[] line)
    {
        if (!made.MessageSpan.IsEmpty)
        {
            Assert.True(line.AsSpan().Overlaps(made.MessageSpan, out int offset) && offset >= 0);
        }

        foreach (LogField field in (LogField[])[LogField.SourceIP, LogField.DestinationIP])
        {
            Assert.True(made.GetValue(field) is not string address || IPAddress.TryParse(address, out _));
        }

        foreach (LogField field in (LogField[])[LogField.SourcePort, LogField.DestinationPort])
        {
            Assert.True(made.GetValue(field) is not int port || port is >= 0 and <= 65535);
        }
    }
}
