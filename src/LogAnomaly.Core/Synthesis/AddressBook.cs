using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// The addresses of a synthetic log, all of ranges that are set aside for documentation (RFC 5737, RFC 3849) or private
/// use (RFC 1918). Visitors and attackers never share one.
/// </summary>
internal sealed class AddressBook
{
    private const int FamilyVisitors = 420;
    private const int SixVisitors = 180;

    private readonly string[] _visitors = new string[FamilyVisitors + SixVisitors];
    private readonly string[] _others;

    /// <summary>Creates a book.</summary>
    /// <param name="random">Says who has which address.</param>
    public AddressBook(SeededRandom random)
    {
        string[] all = new string[3 * 254];
        for (int host = 0; host < 254; host++)
        {
            all[3 * host] = $"192.0.2.{host + 1}";
            all[(3 * host) + 1] = $"198.51.100.{host + 1}";
            all[(3 * host) + 2] = $"203.0.113.{host + 1}";
        }

        random.Shuffle<string>(all);
        Array.Copy(all, _visitors, FamilyVisitors);
        for (int index = FamilyVisitors; index < _visitors.Length; index++)
        {
            _visitors[index] =
                $"2001:db8:{random.NextInt(1, 0x3fff):x}:{random.NextInt(1, 0xfff):x}::{random.NextInt(1, 0xffff):x}";
        }

        random.Shuffle<string>(_visitors);
        _others = all[FamilyVisitors..];
    }

    /// <summary>Number of visitors.</summary>
    public int VisitorCount => _visitors.Length;

    /// <summary>Address of a visitor.</summary>
    /// <param name="index">Which, below <see cref="VisitorCount"/>.</param>
    /// <returns>An IPv4 or IPv6 address.</returns>
    public string Visitor(int index) => _visitors[index];

    /// <summary>An address that no visitor has.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>An IPv4 address, now and then an IPv6 one.</returns>
    public string Stranger(SeededRandom random) => random.NextInt(10) == 0
        ? $"2001:db8:{random.NextInt(0x4000, 0xffff):x}::{random.NextInt(1, 0xffff):x}"
        : _others[random.NextInt(_others.Length)];
}
