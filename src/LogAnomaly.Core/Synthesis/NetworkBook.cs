using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// The addresses of a log with scenarios: some providers, each with a network of its own, of ranges that nobody has on
/// the internet (RFC 6598 and RFC 2544; RFC 3849 for IPv6). People at home, crawlers of the weather of the internet and
/// attackers come from the same providers, so that no network gives anybody away.
/// </summary>
internal sealed class NetworkBook
{
    private const int Providers = 14;
    private const int Visitors = 600;

    private readonly string[] _prefixes = new string[Providers];
    private readonly string[] _visitors = new string[Visitors];
    private readonly HashSet<string> _taken = [];
    private readonly ZipfTable _ranks = new(Providers);

    /// <summary>Creates a book.</summary>
    /// <param name="random">Says who has which address.</param>
    public NetworkBook(SeededRandom random)
    {
        int[] second = new int[64];
        for (int index = 0; index < second.Length; index++)
        {
            second[index] = 64 + index;
        }

        random.Shuffle<int>(second);
        for (int index = 0; index < Providers; index++)
        {
            _prefixes[index] = index % 7 == 3
                ? FormattableString.Invariant($"198.{18 + (index / 7)}")
                : FormattableString.Invariant($"100.{second[index]}");
        }

        for (int index = 0; index < Visitors; index++)
        {
            _visitors[index] = Draw(random, 15);
        }
    }

    /// <summary>Number of people outside who come again and again.</summary>
    public int VisitorCount => _visitors.Length;

    /// <summary>Address of a visitor.</summary>
    /// <param name="index">Which, below <see cref="VisitorCount"/>.</param>
    /// <returns>An IPv4 or IPv6 address.</returns>
    public string Visitor(int index) => _visitors[index];

    /// <summary>An address that was given to nobody yet.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>An IPv4 address, now and then an IPv6 one.</returns>
    public string Stranger(SeededRandom random) => Draw(random, 6);

    private string Draw(SeededRandom random, int sixPercent)
    {
        while (true)
        {
            string prefix = _prefixes[_ranks.Next(random)];
            string address = random.NextInt(100) < sixPercent
                ? FormattableString.Invariant(
                    $"2001:db8:{random.NextInt(1, 0x3fff):x}:{random.NextInt(1, 0xfff):x}::{random.NextInt(1, 0xffff):x}")
                : FormattableString.Invariant($"{prefix}.{random.NextInt(256)}.{random.NextInt(1, 254)}");
            if (_taken.Add(address))
            {
                return address;
            }
        }
    }
}
