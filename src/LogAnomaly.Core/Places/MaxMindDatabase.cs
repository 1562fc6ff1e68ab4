using System.Collections.Concurrent;

namespace LogAnomaly.Places;

/// <summary>
/// A database of countries in the MaxMind DB format, version 2 (https://maxmind.github.io/MaxMind-DB/): a binary tree
/// over the bits of an address whose leaves point at records. It reads databases of countries and of cities
/// (<c>country.iso_code</c>, else <c>registered_country.iso_code</c>) and those of other makers that hold the code flat
/// (<c>country_code</c>, or <c>country</c> as text). It is safe to use from several threads.
/// </summary>
internal sealed class MaxMindDatabase
{
    private const int SeparatorLength = 16;

    // A database of cities knows countries for its first records already; one of networks or domains never does.
    private const int MostProbedNodes = 50_000;

    private static readonly string[][] s_paths =
        [["country", "iso_code"], ["registered_country", "iso_code"], ["country_code"], ["country"]];

    private readonly byte[] _bytes;
    private readonly MaxMindLayout _layout;
    private readonly ConcurrentDictionary<int, string> _known = new();
    private readonly string _path;
    private readonly long _version4Root;

    private MaxMindDatabase(string path, byte[] bytes)
    {
        _path = path;
        _bytes = bytes;
        _layout = MaxMindLayout.Read(bytes);
        _version4Root = _layout.IsVersion6 ? Walk(0, UInt128.Zero, 96) : 0;
        if (!HoldsCountries())
        {
            throw new InvalidDataException("it holds no countries");
        }
    }

    /// <summary>Opens a database; the file is read as a whole and not held open.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The database.</returns>
    /// <exception cref="InvalidDataException">The file is no such database, or a damaged one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static MaxMindDatabase Open(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return new MaxMindDatabase(path, bytes);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(path, error);
        }
    }

    /// <summary>The country of an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Two letters of ISO 3166-1, or null where the database has none.</returns>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    public string? Find(AddressNumber address)
    {
        if (!address.IsVersion4 && !_layout.IsVersion6)
        {
            return null;
        }

        try
        {
            long record = address.IsVersion4
                ? Walk(_version4Root, address.Value << 96, 32)
                : Walk(0, address.Value, 128);
            if (record < _layout.NodeCount)
            {
                throw new InvalidDataException("its tree is deeper than an address");
            }

            return record == _layout.NodeCount ? null : CountryAt(record);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(_path, error);
        }
    }

    private static InvalidDataException Damaged(string path, InvalidDataException error) =>
        new($"'{path}' is no database of countries in the MaxMind format (.mmdb): {error.Message}.", error);

    /// <summary>Follows bits down the tree.</summary>
    /// <param name="record">Node to begin at; what is no node stays.</param>
    /// <param name="bits">The bits, the highest first.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>The record that is reached.</returns>
    private long Walk(long record, UInt128 bits, int count)
    {
        for (int used = 0; used < count && record < _layout.NodeCount; used++)
        {
            record = _layout.Record(_bytes, record, (int)(bits >> (127 - used)) & 1);
        }

        return record;
    }

    private string? CountryAt(long record)
    {
        long offset = record - _layout.NodeCount - SeparatorLength;
        if (offset < 0 || offset >= _layout.DataLength)
        {
            throw new InvalidDataException("its tree points outside of its data");
        }

        // Many networks share a record. What has no country is remembered as an empty text.
        if (!_known.TryGetValue((int)offset, out string? country))
        {
            country = ReadCountry((int)offset) ?? "";
            _known[(int)offset] = country;
        }

        return country.Length == 0 ? null : country;
    }

    private string? ReadCountry(int offset)
    {
        MaxMindData data = new(_bytes.AsSpan(_layout.DataStart, _layout.DataLength));
        foreach (string[] path in s_paths)
        {
            if (data.FindText(offset, path) is { Length: 2 } code && char.IsAsciiLetter(code[0])
                && char.IsAsciiLetter(code[1]))
            {
                string country = code.ToUpperInvariant();
                return country == "ZZ" ? null : country;
            }
        }

        return null;
    }

    // Depth first from the top, within a bound: damage may have made a circle of nodes.
    private bool HoldsCountries()
    {
        Stack<long> open = new();
        open.Push(0);
        for (int probed = 0; probed < MostProbedNodes && open.TryPop(out long record); probed++)
        {
            if (record < _layout.NodeCount)
            {
                open.Push(_layout.Record(_bytes, record, 1));
                open.Push(_layout.Record(_bytes, record, 0));
            }
            else if (record > _layout.NodeCount && CountryAt(record) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
