namespace LogAnomaly.Analysis;

/// <summary>
/// The countries of sources: as they were counted, or, where they were not asked for then, as far as they can be told
/// of the sources that are still broken down.
/// </summary>
internal sealed class CubeCountries
{
    private readonly int[]? _ofSource;
    private readonly bool _isPartial;
    private readonly CubeReader _reader;

    /// <summary>Reads the countries.</summary>
    /// <param name="builder">What was counted.</param>
    /// <param name="countryOf">Gives the country of a source where none was counted; null for none.</param>
    public CubeCountries(CubeBuilder builder, Func<string, string?>? countryOf)
    {
        _reader = builder.Reader;
        Values = _reader.ValuesOf(CubeField.Country);
        HasAny = _reader.HasCountries || countryOf is not null;
        _isPartial = builder.IsFolded;
        if (_reader.HasCountries || countryOf is null)
        {
            return;
        }

        Values = new CubeValues(CubeKey.RoomOf(CubeField.Country));
        CubeValues sources = _reader.ValuesOf(CubeField.Source);
        _ofSource = new int[sources.Count];
        _ofSource[CubeKey.Other] = CubeKey.Other;
        for (int code = CubeKey.First; code < _ofSource.Length; code++)
        {
            _ofSource[code] = Values.CodeOf(countryOf(sources.TextOf(code)));
        }
    }

    /// <summary>Whether there are countries at all.</summary>
    public bool HasAny { get; }

    /// <summary>The countries.</summary>
    public CubeValues Values { get; }

    /// <summary>Whether countries were counted while events came, with all of their events.</summary>
    public bool IsCounted => _ofSource is null;

    /// <summary>Gives a key its country.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key with its country.</returns>
    public CubeKey Apply(CubeKey key)
    {
        if (_ofSource is null || key[CubeField.Source] is not (> 0 and int source))
        {
            return key;
        }

        // A country some of whose sources are folded would be broken down in part.
        return key.With(CubeField.Country, _isPartial ? CubeKey.Other : OfSource(source));
    }

    /// <summary>The country of a source.</summary>
    /// <param name="source">Code of the source.</param>
    /// <returns>Code of the country.</returns>
    public int OfSource(int source) => _ofSource is null ? 0 : _ofSource[source];
}
