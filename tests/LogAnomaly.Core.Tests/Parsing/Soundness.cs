using System.Net;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>What must hold of any event of any bytes.</summary>
internal static class Soundness
{
    private static readonly byte[] s_spice = "[] \"\\:,-()/?%.@0aZ\t\0\u00ff"u8.ToArray();

    /// <summary>Parses bytes and checks the event, if there is one.</summary>
    /// <returns>Whether there was an event.</returns>
    public static bool Check(LogFormat format, byte[] line)
    {
        LogEvent? made = format.Parse(new LogLine(line, 0, line.Length, 1, 0), Sample.NewContext());
        if (made is null)
        {
            return false;
        }

        CheckInside(line, made.MessageSpan, made.TemplateSpan);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(line), made.Raw);
        Assert.NotNull(made.Timestamp);
        Assert.NotNull(made.Level);
        Assert.NotNull(made.Message);
        foreach (LogField field in made.GetKindFields())
        {
            object? value = made.GetValue(field);
            switch (field)
            {
                case LogField.SourceIP when value is string address:
                    Assert.True(IPAddress.TryParse(address, out _), address);
                    break;
                case LogField.StatusCode when value is int status:
                    Assert.InRange(status, 100, 999);
                    break;
                case LogField.SourcePort when value is int port:
                    Assert.InRange(port, 0, 65535);
                    break;
                case LogField.BytesSent when value is long bytes:
                    Assert.InRange(bytes, 0, long.MaxValue);
                    break;
                default:
                    break;
            }
        }

        return true;
    }

    /// <summary>
    /// Changes a line in one to four places: a byte set, put in, taken out, doubled or swapped for a piece of another
    /// line.
    /// </summary>
    public static byte[] Mutate(byte[] line, byte[] other, Random random)
    {
        List<byte> bytes = [.. line];
        int changes = random.Next(1, 5);
        for (int i = 0; i < changes && bytes.Count > 0; i++)
        {
            int at = random.Next(bytes.Count);
            int length = random.Next(1, Math.Min(20, bytes.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = s_spice[random.Next(s_spice.Length)];
                    break;
                case 2:
                    bytes.Insert(at, s_spice[random.Next(s_spice.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    int from = random.Next(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void CheckInside(byte[] line, ReadOnlySpan<byte> message, ReadOnlySpan<byte> template)
    {
        if (message.IsEmpty)
        {
            return;
        }

        // What was decoded and put together again has U+FFFD for bytes that are no UTF-8.
        Assert.True(
            line.AsSpan().IndexOf(message) >= 0 || System.Text.Encoding.UTF8.GetString(line).Contains(
                System.Text.Encoding.UTF8.GetString(message), StringComparison.Ordinal));
        Assert.True(message.StartsWith(template));
    }
}
