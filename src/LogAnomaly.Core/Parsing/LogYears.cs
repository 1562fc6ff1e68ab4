namespace LogAnomaly.Parsing;

/// <summary>
/// What settles the years of a source whose stamps have none. One reference time does for a log of less than a year; a
/// longer one has a reference for each of its parts.
/// </summary>
internal sealed class LogYears
{
    private readonly YearPart[] _parts;

    /// <summary>Creates the years of a source.</summary>
    /// <param name="reference">A time that no line without a year lies more than a day after.</param>
    /// <param name="parts">The parts of a log of more than a year in their order, or none.</param>
    public LogYears(DateTimeOffset reference, IReadOnlyList<YearPart>? parts = null)
    {
        Reference = reference;
        _parts = parts is null ? [] : [.. parts];
    }

    /// <summary>A time that no line lies more than a day after.</summary>
    public DateTimeOffset Reference { get; }

    /// <summary>Whether lines in different places have different references.</summary>
    public bool HasParts => _parts.Length > 0;

    /// <summary>The years of a file.</summary>
    /// <param name="stream">The file; its position is at its start before and after.</param>
    /// <param name="zone">Zone of stamps that name none.</param>
    /// <param name="changed">When the file was changed last.</param>
    /// <returns>Its years.</returns>
    public static LogYears Of(Stream stream, TimeZoneInfo zone, DateTimeOffset changed)
    {
        DateTimeOffset reference = LogEnd.ReferenceOf(stream, zone, changed);
        return new LogYears(reference, YearWalk.PartsOf(stream, reference));
    }

    /// <summary>The reference of a line.</summary>
    /// <param name="offset">Where the line begins.</param>
    /// <param name="until">Where another reference begins.</param>
    /// <returns>The reference.</returns>
    public DateTimeOffset ReferenceAt(long offset, out long until)
    {
        int low = 0;
        int high = _parts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_parts[middle].Offset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        until = low < _parts.Length ? _parts[low].Offset : long.MaxValue;
        return low == 0 ? _parts.Length > 0 ? _parts[0].Reference : Reference : _parts[low - 1].Reference;
    }

    /// <summary>The same years, earlier by whole years.</summary>
    /// <param name="years">How many.</param>
    /// <returns>The earlier ones.</returns>
    public LogYears Before(int years) => new(
        Reference.AddYears(-years),
        [.. _parts.Select(part => part with { Reference = part.Reference.AddYears(-years) })]);
}
