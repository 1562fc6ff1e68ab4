namespace LogAnomaly.Analysis;

/// <summary>Lists the sources that the page tells of.</summary>
/// <param name="builder">What was counted.</param>
/// <param name="codes">The codes of the cube.</param>
/// <param name="named">What anomalies name.</param>
/// <param name="counts">Events of each source, by code.</param>
internal sealed class CubeSourceList(CubeBuilder builder, CubeCodes codes, CubeNamed named, long[] counts)
{
    private const int MostSources = 300;

    // Places that those that anomalies name have before those of few failed logins.
    private const int MostNamed = 100;

    private readonly CubeValues _values = builder.Reader.ValuesOf(CubeField.Source);

    /// <summary>Lists them.</summary>
    /// <returns>Those of most failed logins first, then those that anomalies name, then the most frequent.</returns>
    public IReadOnlyList<CubeSource> ToList()
    {
        List<CubeSource> sources = [];
        HashSet<int> told = [];
        LogLoginSource[] failed = builder.Logins.MostFailed(MostSources);
        HashSet<string> isFailed = [.. failed.Select(logins => logins.SourceIP)];
        int others = named.Of(CubeField.Source).Count(code => !isFailed.Contains(_values.TextOf(code)));
        foreach (LogLoginSource logins in failed.Take(MostSources - Math.Min(others, MostNamed)))
        {
            int code = _values.Find(logins.SourceIP);
            sources.Add(SourceOf(code, logins.SourceIP, logins));
            told.Add(code);
        }

        IEnumerable<int> frequent = Enumerable.Range(0, counts.Length)
            .Where(code => code >= CubeKey.First && counts[code] > 0)
            .OrderByDescending(code => counts[code])
            .ThenBy(code => code)
            .Take(MostSources + told.Count);
        foreach (int code in named.Of(CubeField.Source).Concat(frequent))
        {
            if (sources.Count >= MostSources)
            {
                break;
            }

            if (told.Add(code))
            {
                sources.Add(SourceOf(code, _values.TextOf(code), builder.Logins.Find(_values.TextOf(code))));
            }
        }

        return sources;
    }

    // A source beyond those that have codes is told with its logins.
    private CubeSource SourceOf(int code, string name, LogLoginSource? logins)
    {
        (DateTimeOffset? first, DateTimeOffset? last) = code >= CubeKey.First
            ? builder.SourceTimes.Of(code, builder.Offset)
            : (logins?.FirstSeen, logins?.LastSeen);
        return new CubeSource
        {
            Code = code >= CubeKey.First ? codes.CodeOf(CubeField.Source, code) : CubeKey.Other,
            Name = name,
            Count = code >= CubeKey.First ? counts[code] : (logins?.Failed ?? 0) + (logins?.Accepted ?? 0),
            Failed = logins?.Failed ?? 0,
            Accepted = logins?.Accepted ?? 0,
            Users = logins?.Users ?? 0,
            TopUsers = logins?.TopUsers ?? [],
            AcceptedUser = logins?.AcceptedUser,
            FirstSeen = first,
            LastSeen = last,
        };
    }
}
