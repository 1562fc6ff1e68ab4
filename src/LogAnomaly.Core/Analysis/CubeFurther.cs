using System.Runtime.InteropServices;

namespace LogAnomaly.Analysis;

/// <summary>Makes the tables that break down the values of one field where the table of all fields does not.</summary>
/// <param name="builder">What was counted.</param>
/// <param name="options">How to tell it.</param>
/// <param name="named">What anomalies name.</param>
/// <param name="counts">Events of each value, by field and code.</param>
/// <param name="templates">For each code of a template the one that stands for it.</param>
/// <param name="window">The steps.</param>
internal sealed class CubeFurther(
    CubeBuilder builder, CubeOptions options, CubeNamed named, long[][] counts, int[] templates, CubeWindow window)
{
    /// <summary>Makes the tables.</summary>
    /// <param name="view">The counts, with the finest steps, where nothing was folded while events came.</param>
    /// <param name="rows">The rows of the first table.</param>
    /// <returns>The tables.</returns>
    public IEnumerable<CubeRows> Tables(CubeView view, CubeFacts rows)
    {
        CubeSeries[] folded = [.. (builder.IsFolded ? builder.Series : CubeBuilder.NewSeries())
            .Where(series => IsFolded(rows, series.Field))];
        if (!builder.IsFolded)
        {
            Fill(folded, view);
        }

        foreach (CubeSeries series in folded)
        {
            if (TableOf(series, rows) is { } table)
            {
                yield return table;
            }
        }
    }

    // Only of the values that may get into a table; the others lose theirs at once.
    private void Fill(CubeSeries[] made, CubeView view)
    {
        foreach (CubeSeries series in made)
        {
            long[] ofField = counts[(int)series.Field];
            IEnumerable<int> most = Enumerable.Range(0, ofField.Length).Skip(CubeKey.First)
                .OrderByDescending(code => ofField[code]).ThenBy(code => code).Take(options.MaximumFurtherValues);
            IEnumerable<int> told = series.Field != CubeField.Template ? []
                : Enumerable.Range(CubeKey.First, templates.Length - CubeKey.First)
                    .Where(code => templates[code] != code);
            series.TakeOnly([.. most, .. named.Of(series.Field), .. told], ofField.Length);
        }

        Parallel.ForEach(made, series => Fill(series, view));
    }

    // Steps of the window, of which there are fewer.
    private void Fill(CubeSeries series, CubeView view)
    {
        int before = CubeClock.NoTime;
        int place = CubeClock.NoTime;
        foreach (ReadOnlyMemory<CubeFact> block in view.Blocks())
        {
            foreach (ref readonly CubeFact fact in block.Span)
            {
                if (fact.Step != before)
                {
                    before = fact.Step;
                    place = window.PlaceOf(before);
                }

                CubeKey key = view.KeyOf(fact);
                series.Add(key[series.Field], series.Part is { } part ? key[part] : 0, place, fact.Count);
            }
        }
    }

    private static bool IsFolded(CubeFacts rows, CubeField field)
    {
        foreach (ref readonly CubeFact row in rows.All)
        {
            if (row.Key[field] == CubeKey.Other)
            {
                return true;
            }
        }

        return false;
    }

    // The sums of the first table less what is broken down here are what is not.
    private CubeRows? TableOf(CubeSeries series, CubeFacts rows)
    {
        Dictionary<(int Step, int Part), long> rest = [];
        CubeFacts table = new();
        foreach (ref readonly CubeFact row in rows.All)
        {
            int part = series.Part is { } second ? row.Key[second] : 0;
            if (row.Key[series.Field] == 0)
            {
                table.Add(KeyOf(series, 0, part), row.Step, row.Count, 0);
            }
            else
            {
                CollectionsMarshal.GetValueRefOrAddDefault(rest, (row.Step, part), out _) += row.Count;
            }
        }

        if (!AddValues(series, table, rest))
        {
            return null;
        }

        foreach (((int step, int part), long count) in rest)
        {
            if (count > 0)
            {
                table.Add(KeyOf(series, CubeKey.Other, part), step, count, 0);
            }
        }

        return CubeRows.Of(table, series.Part is { } field ? [series.Field, field] : [series.Field], hasBytes: false);
    }

    // What anomalies name may take half of the rows.
    private bool AddValues(CubeSeries series, CubeFacts table, Dictionary<(int Step, int Part), long> rest)
    {
        long[] ofField = counts[(int)series.Field];
        Dictionary<int, List<int>> codes = CodesOf(series);
        HashSet<int> told = [];
        int room = options.MaximumFurtherRows;
        AddAll(named.Of(series.Field), room / 2);
        AddAll(
            codes.Keys.OrderByDescending(code => ofField[code]).ThenBy(code => code).Take(options.MaximumFurtherValues),
            room);
        return told.Count > 0;

        void AddAll(IEnumerable<int> values, int most)
        {
            int used = 0;
            foreach (int value in values)
            {
                if (!codes.TryGetValue(value, out List<int>? parts) || told.Contains(value))
                {
                    continue;
                }

                Dictionary<(int Step, int Part), long> runs = Sum(series, parts);
                used += runs.Count;
                if (used > most)
                {
                    return;
                }

                told.Add(value);
                room -= runs.Count;
                foreach (((int step, int part), long count) in runs)
                {
                    table.Add(KeyOf(series, value, part), step, count, 0);
                    rest[(step, part)] -= count;
                }
            }
        }
    }

    // The values whose series are whole, each with all codes that stand for it.
    private Dictionary<int, List<int>> CodesOf(CubeSeries series)
    {
        Dictionary<int, List<int>> codes = [];
        HashSet<int> broken = [];
        bool isTemplate = series.Field == CubeField.Template;
        long[] ofField = counts[(int)series.Field];
        for (int code = CubeKey.First; code < ofField.Length; code++)
        {
            int value = isTemplate ? templates[code] : code;
            if (series.Has(code))
            {
                ref List<int>? parts = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, value, out _);
                (parts ??= []).Add(code);
            }
            else if (series.IsLost(code))
            {
                broken.Add(value);
            }
        }

        foreach (int value in broken)
        {
            codes.Remove(value);
        }

        return codes;
    }

    private Dictionary<(int Step, int Part), long> Sum(CubeSeries series, List<int> codes)
    {
        bool isPlaced = !builder.IsFolded;
        Dictionary<(int Step, int Part), long> sums = [];
        foreach (int code in codes)
        {
            foreach ((int step, int part, long count) in series.Of(code))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(
                    sums, (isPlaced ? step : window.PlaceOf(step), part), out _) += count;
            }
        }

        return sums;
    }

    private static CubeKey KeyOf(CubeSeries series, int code, int part)
    {
        CubeKey key = default(CubeKey).With(series.Field, code);
        return series.Part is { } field ? key.With(field, part) : key;
    }
}
