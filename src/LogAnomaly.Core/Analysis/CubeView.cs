namespace LogAnomaly.Analysis;

/// <summary>
/// What was counted, with the templates and countries by which it is told, as often as it is asked for.
/// </summary>
internal sealed class CubeView
{
    private readonly CubeBuilder _builder;
    private readonly CubeCountries _countries;
    private readonly int[] _templates;
    private readonly bool _isChanged;

    /// <summary>Looks at what was counted.</summary>
    /// <param name="builder">The counts.</param>
    /// <param name="countries">The countries.</param>
    /// <param name="templates">For each code of a template the one that stands for it.</param>
    public CubeView(CubeBuilder builder, CubeCountries countries, int[] templates)
    {
        _builder = builder;
        _countries = countries;
        _templates = templates;
        _isChanged = !countries.IsCounted;
        for (int code = 0; code < templates.Length; code++)
        {
            _isChanged |= templates[code] != code;
        }
    }

    /// <summary>The counts, piece by piece; equal ones may come more than once.</summary>
    /// <returns>The pieces.</returns>
    public IEnumerable<ReadOnlyMemory<CubeFact>> Blocks() => _builder.Blocks();

    /// <summary>The key by which a fact is told.</summary>
    /// <param name="fact">The fact as it was counted.</param>
    /// <returns>The key.</returns>
    public CubeKey KeyOf(in CubeFact fact) => _isChanged
        ? _countries.Apply(fact.Key.With(CubeField.Template, _templates[fact.Key[CubeField.Template]]))
        : fact.Key;

    /// <summary>Counts equal facts together, in steps of a window.</summary>
    /// <param name="window">The steps.</param>
    /// <param name="ranks">Tells which values stay at the level that it uses; null for all.</param>
    /// <param name="most">Most facts that are wanted.</param>
    /// <param name="parts">One of how many steps is looked at; 1 for all.</param>
    /// <param name="part">Which one, from 0.</param>
    /// <returns>The counts, or null where they are more.</returns>
    public CubeFacts? Collect(CubeWindow window, CubeRanks? ranks, int most, int parts = 1, int part = 0)
    {
        CubeFacts facts = new(Math.Min(most, 1 << 15));
        int before = CubeClock.NoTime;
        int place = CubeClock.NoTime;
        bool isWanted = true;
        foreach (ReadOnlyMemory<CubeFact> block in Blocks())
        {
            foreach (ref readonly CubeFact fact in block.Span)
            {
                if (fact.Step != before)
                {
                    before = fact.Step;
                    place = window.PlaceOf(before);
                    isWanted = parts == 1 || CubeKey.Mix((uint)place) % (uint)parts == (uint)part;
                }

                if (isWanted)
                {
                    CubeKey key = KeyOf(fact);
                    facts.Add(ranks is null ? key : ranks.Apply(key), place, fact.Count, fact.Bytes);
                }
            }

            if (facts.Count > most)
            {
                return null;
            }
        }

        return facts;
    }
}
