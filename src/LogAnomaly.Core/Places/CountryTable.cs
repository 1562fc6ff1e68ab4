using System.IO.Compression;
using System.Reflection;

namespace LogAnomaly.Places;

/// <summary>
/// Countries of addresses, from the table that ships with the assembly (<c>countries.br</c>; the README beside it says
/// where it comes from). The country is the one that an address is registered for, which is not always where its
/// machine stands: networks are leased, and one network may serve many countries. IPv6 addresses are told apart by
/// their first 48 bits.
/// <code>
/// table   = count *(letter letter) family4 family6     ; all of it compressed by Brotli
/// family  = count *gap *extent *country                ; columns, one entry for each range, in order
/// gap     = number     ; addresses of no country between the range before and this one
/// extent  = number     ; addresses in the range, less one
/// country = octet      ; place in the list of countries, from 1
/// number  = LEB128     ; seven bits an octet, the lowest first
/// </code>
/// </summary>
internal sealed class CountryTable
{
    private const string ResourceName = "LogAnomaly.Places.countries.br";

    // Bits of an IPv6 address that the table leaves out.
    private const int CoarseBits = 80;

    private static readonly Lazy<CountryTable> s_shipped = new(Load);

    private readonly string[] _countries;
    private readonly Family _version4;
    private readonly Family _version6;

    private CountryTable(string[] countries, Family version4, Family version6)
    {
        _countries = countries;
        _version4 = version4;
        _version6 = version6;
    }

    /// <summary>The table of the assembly; it is unpacked when it is first asked for.</summary>
    public static CountryTable Shipped => s_shipped.Value;

    /// <summary>The country of an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Two letters of ISO 3166-1, or null where the table has none.</returns>
    public string? Find(AddressNumber address)
    {
        byte country = address.IsVersion4
            ? _version4.Find(address.Version4)
            : _version6.Find((ulong)(address.Value >> CoarseBits));
        return country == 0 ? null : _countries[country - 1];
    }

    /// <summary>The ranges of the table, for tests that count and compare them.</summary>
    /// <param name="version4">Those of IPv4, or else those of IPv6 in units of 2^80 addresses.</param>
    /// <returns>First and last unit of each range, and its country.</returns>
    internal IEnumerable<(ulong First, ulong Last, string Country)> Ranges(bool version4)
    {
        Family family = version4 ? _version4 : _version6;
        for (int at = 0; at < family.Starts.Length; at++)
        {
            if (family.Countries[at] > 0)
            {
                ulong end = at + 1 < family.Starts.Length ? family.Starts[at + 1] : version4 ? 1UL << 32 : 1UL << 48;
                yield return (family.Starts[at], end - 1, _countries[family.Countries[at] - 1]);
            }
        }
    }

    private static CountryTable Load()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its table of countries, {ResourceName}.");
        using BrotliStream unpacked = new(resource, CompressionMode.Decompress);
        using MemoryStream whole = new();
        unpacked.CopyTo(whole);
        Cursor cursor = new(whole.GetBuffer().AsSpan(0, (int)whole.Length));
        string[] countries = new string[cursor.Number()];
        for (int at = 0; at < countries.Length; at++)
        {
            countries[at] = $"{(char)cursor.Octet()}{(char)cursor.Octet()}";
        }

        return new CountryTable(countries, Family.Read(ref cursor), Family.Read(ref cursor));
    }

    /// <summary>Walks over the unpacked bytes.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;

        public byte Octet() => _bytes[_at++];

        public ulong Number()
        {
            ulong number = 0;
            byte octet;
            int shift = 0;
            do
            {
                octet = Octet();
                number |= (ulong)(octet & 0x7F) << shift;
                shift += 7;
            }
            while (octet > 0x7F);

            return number;
        }
    }

    /// <summary>Pieces of the address space of one version, those without a country too.</summary>
    private sealed class Family
    {
        private Family(ulong[] starts, byte[] countries)
        {
            Starts = starts;
            Countries = countries;
        }

        public ulong[] Starts { get; }

        public byte[] Countries { get; }

        public static Family Read(ref Cursor cursor)
        {
            int count = (int)cursor.Number();
            ulong[] gaps = Column(ref cursor, count);
            ulong[] extents = Column(ref cursor, count);
            List<ulong> starts = new(count * 2);
            List<byte> countries = new(count * 2);
            ulong next = 0;
            for (int at = 0; at < count; at++)
            {
                if (gaps[at] > 0)
                {
                    starts.Add(next);
                    countries.Add(0);
                }

                next += gaps[at];
                starts.Add(next);
                countries.Add(cursor.Octet());
                next += extents[at] + 1;
            }

            starts.Add(next);
            countries.Add(0);
            return new Family([.. starts], [.. countries]);
        }

        public byte Find(ulong unit)
        {
            int at = Array.BinarySearch(Starts, unit);
            at = at < 0 ? ~at - 1 : at;
            return at < 0 ? (byte)0 : Countries[at];
        }

        private static ulong[] Column(ref Cursor cursor, int count)
        {
            ulong[] column = new ulong[count];
            for (int at = 0; at < count; at++)
            {
                column[at] = cursor.Number();
            }

            return column;
        }
    }
}
