namespace LogAnomaly.Places;

/// <summary>
/// Tells where sources of events come from: the kind of an address, and the country that a public one is registered
/// for. It asks nothing of the network, and is safe to use from several threads.
/// </summary>
public sealed class SourcePlaces
{
    private const string Unknown = "(Unknown)";

    private static readonly string[] s_originNames =
        [.. Enum.GetNames<AddressOrigin>().Select(name => $"({name})")];

    private readonly MaxMindDatabase? _database;

    private SourcePlaces(MaxMindDatabase? database) => _database = database;

    /// <summary>Places by the table of countries that ships with LogAnomaly.</summary>
    public static SourcePlaces Shipped { get; } = new(database: null);

    /// <summary>Places by a database in the MaxMind format (<c>.mmdb</c>), such as GeoLite2 Country or City.</summary>
    /// <param name="path">The file; it is read once and not held open.</param>
    /// <returns>The places.</returns>
    /// <exception cref="InvalidDataException">The file is no such database, or a damaged one; the message names
    /// it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SourcePlaces Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new SourcePlaces(MaxMindDatabase.Open(path));
    }

    /// <summary>The kind of a source.</summary>
    /// <param name="source">The text of the log; an address with a port is none.</param>
    /// <returns>The kind; <see cref="AddressOrigin.Name"/> for what is no address.</returns>
    public static AddressOrigin OriginOf(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return AddressNumber.TryParse(source, out AddressNumber address)
            ? AddressOrigins.Of(address)
            : AddressOrigin.Name;
    }

    /// <summary>The country of a source, or what stands in its place.</summary>
    /// <param name="source">The text of the log.</param>
    /// <returns>
    /// Two letters of ISO 3166-1 for a public address, <c>(Unknown)</c> for one that the table does not know, and
    /// otherwise the name of its <see cref="AddressOrigin"/> in parentheses, such as <c>(Private)</c>.
    /// </returns>
    /// <exception cref="InvalidDataException">The database is damaged; the message names it.</exception>
    public string CountryOf(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!AddressNumber.TryParse(source, out AddressNumber address))
        {
            return s_originNames[(int)AddressOrigin.Name];
        }

        AddressOrigin origin = AddressOrigins.Of(address);
        if (origin != AddressOrigin.Public)
        {
            return s_originNames[(int)origin];
        }

        return (_database is null ? CountryTable.Shipped.Find(address) : _database.Find(address)) ?? Unknown;
    }
}
