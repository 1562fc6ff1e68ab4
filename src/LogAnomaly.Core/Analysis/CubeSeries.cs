using System.Runtime.InteropServices;

namespace LogAnomaly.Analysis;

/// <summary>
/// The events of each value of one field over time, parted by a second field: exact, while there is room. Where there
/// is not, the rarest values lose theirs and are not taken in again, so that a series is whole or not there.
/// </summary>
/// <param name="field">The field.</param>
/// <param name="part">The second field, or null for none.</param>
internal sealed class CubeSeries(CubeField field, CubeField? part)
{
    private const int None = -1;
    private const int Lost = -2;

    // Runs of equal parts often lie a few places back, for events of one value come interleaved.
    private const int LookBack = 4;

    private readonly List<int> _last = [];
    private List<Run> _runs = [];

    /// <summary>The field.</summary>
    public CubeField Field => field;

    /// <summary>The second field, or null for none.</summary>
    public CubeField? Part => part;

    /// <summary>Runs that are kept.</summary>
    public int Runs => _runs.Count;

    /// <summary>Takes no values but some.</summary>
    /// <param name="wanted">Their codes.</param>
    /// <param name="count">Codes that there are.</param>
    public void TakeOnly(IEnumerable<int> wanted, int count)
    {
        CollectionsMarshal.SetCount(_last, count);
        CollectionsMarshal.AsSpan(_last).Fill(Lost);
        foreach (int code in wanted)
        {
            _last[code] = None;
        }
    }

    /// <summary>Counts events.</summary>
    /// <param name="codes">What they are about: a code for each field.</param>
    /// <param name="step">The step.</param>
    /// <param name="count">How many.</param>
    public void Add(ReadOnlySpan<int> codes, int step, long count)
    {
        int code = codes[(int)field];
        if (code >= CubeKey.First)
        {
            Add(code, part is { } second ? codes[(int)second] : 0, step, count);
        }
    }

    /// <summary>Counts the events of a value.</summary>
    /// <param name="code">Code of the value.</param>
    /// <param name="second">Code of the second field.</param>
    /// <param name="step">The step.</param>
    /// <param name="count">How many.</param>
    public void Add(int code, int second, int step, long count)
    {
        while (_last.Count <= code)
        {
            _last.Add(None);
        }

        Span<Run> runs = CollectionsMarshal.AsSpan(_runs);
        int at = _last[code];
        if (at == Lost)
        {
            return;
        }

        for (int back = 0; back < LookBack && at >= 0; back++)
        {
            if (runs[at].Step == step && runs[at].Part == second)
            {
                runs[at].Count += count;
                return;
            }

            at = runs[at].Before;
        }

        _runs.Add(new Run(_last[code], step, second, count));
        _last[code] = _runs.Count - 1;
    }

    /// <summary>Whether the series of a value is there.</summary>
    /// <param name="code">Code of the value.</param>
    /// <returns>Whether it is.</returns>
    public bool Has(int code) => code < _last.Count && _last[code] >= 0;

    /// <summary>Whether a value lost its series.</summary>
    /// <param name="code">Code of the value.</param>
    /// <returns>Whether it did.</returns>
    public bool IsLost(int code) => code < _last.Count && _last[code] == Lost;

    /// <summary>The runs of a value; equal steps and parts may come more than once.</summary>
    /// <param name="code">Code of the value.</param>
    /// <returns>Step, code of the second field and events.</returns>
    public IEnumerable<(int Step, int Part, long Count)> Of(int code)
    {
        for (int at = code < _last.Count ? _last[code] : None; at >= 0; at = _runs[at].Before)
        {
            yield return (_runs[at].Step, _runs[at].Part, _runs[at].Count);
        }
    }

    /// <summary>Joins steps.</summary>
    /// <param name="factor">How many become one.</param>
    public void Join(int factor) => Rebuild(factor, _ => true);

    /// <summary>Lets the rarest values lose their series until few enough runs are left.</summary>
    /// <param name="mostRuns">Runs that may stay.</param>
    /// <param name="counts">Events of each value.</param>
    public void Trim(int mostRuns, ReadOnlySpan<long> counts)
    {
        long[] all = counts.ToArray();
        int[] codes =
            [.. Enumerable.Range(0, _last.Count).Where(Has).OrderByDescending(code => all[code]).ThenBy(code => code)];
        bool[] isKept = new bool[_last.Count];
        int runs = 0;
        foreach (int code in codes)
        {
            runs += Of(code).Count();
            if (runs > mostRuns)
            {
                break;
            }

            isKept[code] = true;
        }

        Rebuild(1, code => isKept[code]);
    }

    private void Rebuild(int factor, Func<int, bool> isKept)
    {
        List<Run> before = _runs;
        int[] last = [.. _last];
        _runs = [];
        List<Run> ofOne = [];
        for (int code = 0; code < last.Length; code++)
        {
            _last[code] = last[code] == Lost || (last[code] >= 0 && !isKept(code)) ? Lost : None;
            ofOne.Clear();
            for (int at = last[code]; at >= 0; at = before[at].Before)
            {
                ofOne.Add(before[at]);
            }

            for (int i = ofOne.Count - 1; i >= 0; i--)
            {
                Add(code, ofOne[i].Part, CubeClock.Joined(ofOne[i].Step, factor), ofOne[i].Count);
            }
        }
    }

    private record struct Run(int Before, int Step, int Part, long Count);
}
