namespace LogAnomaly.Analysis;

/// <summary>
/// The codes that values have in the cube that is told: only for those that a table breaks down, the most frequent
/// first.
/// </summary>
/// <param name="reader">The values as they were counted.</param>
/// <param name="countries">The countries.</param>
internal sealed class CubeCodes(CubeReader reader, CubeCountries countries)
{
    private readonly HashSet<int>[] _used = [.. Enumerable.Range(0, CubeKey.Fields).Select(_ => new HashSet<int>())];
    private readonly int[][] _codes = new int[CubeKey.Fields][];
    private readonly int[][] _values = new int[CubeKey.Fields][];

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<CubeField> Fields { get; } =
        [.. Enum.GetValues<CubeField>().Where(field => field != CubeField.Country || countries.HasAny)];

    /// <summary>Codes of a field as they were counted.</summary>
    /// <param name="field">The field.</param>
    /// <returns>One more than the greatest.</returns>
    public int CountOf(CubeField field) => field == CubeField.Country ? countries.Values.Count : reader.CountOf(field);

    /// <summary>Notes the values that a table breaks down.</summary>
    /// <param name="table">The table.</param>
    public void Use(CubeRows table)
    {
        foreach (CubeFact row in table.Facts)
        {
            foreach (CubeField field in table.Fields)
            {
                if (row.Key[field] is >= CubeKey.First and int code)
                {
                    _used[(int)field].Add(code);
                }
            }
        }
    }

    /// <summary>Gives the noted values their codes.</summary>
    /// <param name="counts">Events of each value, by field and code.</param>
    public void Number(long[][] counts)
    {
        foreach (CubeField field in Fields)
        {
            long[] ofField = counts[(int)field];
            bool isNumber = field is CubeField.Kind or CubeField.Level or CubeField.Outcome or CubeField.Status;
            int[] values = isNumber
                ? [.. _used[(int)field].Order()]
                : [.. _used[(int)field].OrderByDescending(code => ofField[code]).ThenBy(code => code)];
            int[] codes = new int[CountOf(field)];
            Array.Fill(codes, CubeKey.Other, 1, codes.Length - 1);
            for (int place = 0; place < values.Length; place++)
            {
                codes[values[place]] = place + CubeKey.First;
            }

            _values[(int)field] = values;
            _codes[(int)field] = codes;
        }
    }

    /// <summary>The code that a value has in the cube.</summary>
    /// <param name="field">The field.</param>
    /// <param name="code">The code as it was counted.</param>
    /// <returns>The code.</returns>
    public int CodeOf(CubeField field, int code) => _codes[(int)field][code];

    /// <summary>The dimensions with their values.</summary>
    /// <returns>The dimensions.</returns>
    public IReadOnlyList<CubeDimension> Dimensions() =>
    [
        .. Fields.Select(field => new CubeDimension(
            field.ToString().ToLowerInvariant(),
            ["", "", .. _values[(int)field].Select(
                code => field == CubeField.Country ? countries.Values.TextOf(code) : reader.TextOf(field, code))])),
    ];

    /// <summary>The codes of what an event is about.</summary>
    /// <param name="key">The key as it was counted.</param>
    /// <returns>A code for each dimension.</returns>
    public IReadOnlyList<int> Told(CubeKey key)
    {
        CubeKey whole = countries.IsCounted || key[CubeField.Source] == 0
            ? key
            : key.With(CubeField.Country, countries.OfSource(key[CubeField.Source]));
        return [.. Fields.Select(field => CodeOf(field, whole[field]))];
    }

    /// <summary>A table with the codes of the cube.</summary>
    /// <param name="table">The table as it was counted.</param>
    /// <returns>The table.</returns>
    public CubeTable Told(CubeRows table) => new()
    {
        Dimensions = [.. table.Fields.Select(field => IndexOf(field))],
        Steps = [.. table.Facts.Select(row => row.Step == CubeClock.NoTime ? -1 : row.Step)],
        Codes =
        [
            .. table.Fields.Select(field =>
                (IReadOnlyList<int>)[.. table.Facts.Select(row => CodeOf(field, row.Key[field]))]),
        ],
        Counts = [.. table.Facts.Select(row => row.Count)],
        Bytes = table.HasBytes ? [.. table.Facts.Select(row => row.Bytes)] : null,
    };

    private int IndexOf(CubeField field)
    {
        int index = 0;
        while (Fields[index] != field)
        {
            index++;
        }

        return index;
    }
}
