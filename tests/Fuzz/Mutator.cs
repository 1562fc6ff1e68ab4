using System.Text;

namespace LogAnomaly.Fuzz;

/// <summary>Changes inputs: bytes, words, numbers, pieces of other inputs, line ends.</summary>
internal sealed class Mutator
{
    private const int LongestInput = 8_192;

    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "\n", "\r\n", "\t", "\0", " ", "  ", "\"", "\\\"", "\\", "'", "[", "]", "(", ")", "{", "}", "<", ">",
            "<34>1 ", ":", ": ", ",", ";", "=", "-", "--", "+", "/", "?", "#", "#Fields: ", "%", "&", "|", "@",
            "\uFEFF", "\u0000", "\u2028", "ä", "🙂", "::1", "127.0.0.1", "::ffff:192.0.2.1", "fe80::1%eth0",
            "999.999.999.999", " from ", " for ", " user ", " port ", " by ", "root", "null", "true", "{}", "[]", "\":",
            "\",\"", "-1", "0", "00", "65536", "2147483648", "4294967296", "9223372036854775808", "1e999", "0x", "NaN",
            "Jan", "Feb 29 ", "Dec 31 23:59:60", "24:00:00", "+2500", "0000-00-00", "9999-12-31T23:59:59Z", "</Event>",
            "<![CDATA[", "&#x0;", "\u001b[31m",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0x80],
    ];

    private readonly Random _random;

    /// <summary>Creates a mutator.</summary>
    /// <param name="random">The chance.</param>
    public Mutator(Random random) => _random = random;

    /// <summary>Changes an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another one, for pieces.</param>
    /// <returns>The changed input.</returns>
    public byte[] Change(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        int changes = 1 << _random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            ChangeOnce(bytes, other);
        }

        if (bytes.Count > LongestInput)
        {
            bytes.RemoveRange(LongestInput, bytes.Count - LongestInput);
        }

        return [.. bytes];
    }

    private void ChangeOnce(List<byte> bytes, byte[] other)
    {
        int at = _random.Next(bytes.Count + 1);
        int length = bytes.Count == at ? 0 : _random.Next(1, Math.Min(32, bytes.Count - at) + 1);
        switch (_random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4 when length > 0:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, s_words[_random.Next(s_words.Length)]);
                break;
            case 5 when other.Length > 0:
                int from = _random.Next(other.Length);
                int to = Math.Min(other.Length, from + _random.Next(1, 200));
                bytes.InsertRange(at, other[from..to]);
                break;
            case 6 when length > 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                bytes.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), 1 << _random.Next(11)));
                break;
            default:
                bytes.InsertRange(at, s_words[_random.Next(s_words.Length)]);
                break;
        }
    }
}
