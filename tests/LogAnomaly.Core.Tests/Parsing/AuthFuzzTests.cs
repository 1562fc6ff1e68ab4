using System.Net;
using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class AuthFuzzTests
{
    private const int Mutations = 10_000;

    private static readonly string[] s_lines =
    [
        .. AuthSamples.All.Select(sample => $"Jun  3 08:01:02 web1 {sample.Program}: {sample.Message}"),
        .. AuthSamples.All.Select(sample => $"Jun  3 08:01:02 web1 {sample.Program}: {sample.Message}"),
        "<38>1 2024-06-03T08:01:02.5Z web1 sshd 7 ID [a@1 k=\"\\\"]\"][b@2 c=\"d\"] \uFEFFInvalid user bob from 192.0.2.7",
        "<38>2024-06-03T08:01:02+02:00 web1 sudo: ann : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls",
        "Jun  3 2024 08:01:02.123 fw1 authpriv.info dropbear[1]: Exit before auth from <192.0.2.7:5>: (user 'x', 3 fails): Max auth tries reached",
        "Jun  3 08:01:02 web1 proftpd: 10.0.0.1 (a[192.0.2.7]) - USER x (Login failed): Incorrect password.",
    ];

    [Fact]
    public void Every_beginning_of_every_sample_line_parses_without_an_exception()
    {
        ParseContext context = AuthLine.NewContext();
        foreach (string line in s_lines)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            for (int length = 1; length <= bytes.Length; length++)
            {
                Check(bytes, length, context);
            }
        }
    }

    [Fact]
    public void Mutated_lines_never_throw_and_never_give_a_false_address_or_message()
    {
        Random random = new(4711);
        ParseContext context = AuthLine.NewContext();
        int parsed = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = Mutate(Encoding.UTF8.GetBytes(s_lines[random.Next(s_lines.Length)]), random);
            parsed += Check(bytes, bytes.Length, context) ? 1 : 0;
        }

        Assert.True(parsed > Mutations / 4, $"only {parsed} of the mutated lines still parsed");
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        List<byte> mutated = [.. bytes];
        int count = random.Next(1, 5);
        for (int i = 0; i < count && mutated.Count > 1; i++)
        {
            int at = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated.RemoveAt(at);
                    break;
                case 2:
                    mutated.Insert(at, " :[]()'\";=\\\0"u8.ToArray()[random.Next(12)]);
                    break;
                default:
                    int length = Math.Min(random.Next(1, 20), mutated.Count - at);
                    mutated.InsertRange(random.Next(mutated.Count), mutated.GetRange(at, length));
                    break;
            }
        }

        return [.. mutated];
    }

    // The line lies amid other bytes, so that a slice beyond it would show.
    private static bool Check(byte[] bytes, int length, ParseContext context)
    {
        byte[] block = new byte[length + 32];
        Array.Fill(block, (byte)'#');
        bytes.AsSpan(0, length).CopyTo(block.AsSpan(16));
        LogLine line = new(block, 16, length, 1, 0);
        LogEvent? made = new AuthFormat().Parse(line, context);
        if (made is null)
        {
            return false;
        }

        Assert.True(made.MessageSpan.IsEmpty || (line.Span.Overlaps(made.MessageSpan, out int offset)
            && offset >= 0 && offset + made.MessageSpan.Length <= length), Encoding.UTF8.GetString(bytes, 0, length));
        if (made is AuthEvent { SourceIP: { } address })
        {
            Assert.True(IPAddress.TryParse(address, out _), address);
        }

        return true;
    }
}
