using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LogAnomaly.Detection;

/// <summary>
/// Places of networks, from a CSV:
/// <code>
/// line    = network "," latitude "," longitude ["," country] *("," more)
/// network = address "/" bits / address
/// </code>
/// A first line that is a header, blank lines and lines that begin with <c>#</c> are passed over. Where networks lie in
/// each other, the narrowest counts.
/// </summary>
internal sealed class GeoTable
{
    private readonly UInt128[] _starts;
    private readonly GeoPlace?[] _places;

    private GeoTable(List<UInt128> starts, List<GeoPlace?> places)
    {
        _starts = [.. starts];
        _places = [.. places];
    }

    /// <summary>Reads a table.</summary>
    /// <param name="reader">Its text.</param>
    /// <param name="name">Name of the table for messages.</param>
    /// <returns>The table.</returns>
    /// <exception cref="FormatException">A line is no network with its place.</exception>
    public static GeoTable Read(TextReader reader, string name)
    {
        List<(UInt128 First, UInt128 Last, GeoPlace Place)> ranges = [];
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
            {
                continue;
            }

            if (TryReadLine(line, out (UInt128, UInt128, GeoPlace) range))
            {
                ranges.Add(range);
            }
            else if (number > 1)
            {
                throw new FormatException(
                    DurationWords.Say($"{name}:{number}: '{line}' is not 'network,latitude,longitude[,country]'."));
            }
        }

        return Flatten(ranges);
    }

    /// <summary>The place of an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The place, or null where the table does not know it.</returns>
    public GeoPlace? Find(string address)
    {
        if (!IPAddress.TryParse(address, out IPAddress? parsed))
        {
            return null;
        }

        int at = Array.BinarySearch(_starts, ToNumber(parsed));
        at = at < 0 ? ~at - 1 : at;
        return at < 0 ? null : _places[at];
    }

    private static bool TryReadLine(string line, out (UInt128 First, UInt128 Last, GeoPlace Place) range)
    {
        range = default;
        string[] cells = line.Split(',');
        if (cells.Length < 3 || !TryReadDegrees(cells[1], 90, out double latitude)
            || !TryReadDegrees(cells[2], 180, out double longitude))
        {
            return false;
        }

        string[] parts = Cell(cells[0]).Split('/');
        if (!IPAddress.TryParse(parts[0], out IPAddress? address))
        {
            return false;
        }

        int most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        int bits = most;
        if (parts.Length > 2 || (parts.Length == 2
            && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > most)))
        {
            return false;
        }

        UInt128 rest = most == bits ? 0 : UInt128.MaxValue >> (128 - (most - bits));
        UInt128 first = ToNumber(address) & ~rest;
        string? country = cells.Length > 3 && Cell(cells[3]).Length > 0 ? Cell(cells[3]) : null;
        range = (first, first | rest, new GeoPlace(latitude, longitude, country));
        return true;
    }

    private static string Cell(string text) => text.Trim().Trim('"');

    private static bool TryReadDegrees(string text, double most, out double degrees) =>
        double.TryParse(Cell(text), NumberStyles.Float, CultureInfo.InvariantCulture, out degrees)
            && Math.Abs(degrees) <= most;

    // IPv4 addresses stand where IPv6 maps them, so that one order holds both.
    private static UInt128 ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = address.MapToIPv6().TryWriteBytes(bytes, out _);
        UInt128 number = 0;
        foreach (byte value in bytes)
        {
            number = (number << 8) | value;
        }

        return number;
    }

    // Networks are disjoint or lie in each other, so a stack of those that are open says which one counts: each start
    // and each end begins a piece.
    private static GeoTable Flatten(List<(UInt128 First, UInt128 Last, GeoPlace Place)> ranges)
    {
        List<UInt128> starts = [];
        List<GeoPlace?> places = [];
        Stack<(UInt128 Last, GeoPlace Place)> open = [];
        foreach ((UInt128 first, UInt128 last, GeoPlace place) in ranges
            .OrderBy(range => range.First).ThenByDescending(range => range.Last))
        {
            CloseUntil(first);
            Begin(first, place);
            open.Push((last, place));
        }

        CloseUntil(UInt128.MaxValue);
        return new GeoTable(starts, places);

        void CloseUntil(UInt128 next)
        {
            while (open.TryPeek(out (UInt128 Last, GeoPlace Place) top) && top.Last < next)
            {
                open.Pop();
                Begin(top.Last + 1, open.TryPeek(out (UInt128 Last, GeoPlace Place) outer) ? outer.Place : null);
            }
        }

        void Begin(UInt128 start, GeoPlace? place)
        {
            if (starts.Count > 0 && starts[^1] == start)
            {
                places[^1] = place;
                return;
            }

            starts.Add(start);
            places.Add(place);
        }
    }
}
