using System.Runtime.CompilerServices;

namespace LogAnomaly.Analysis;

/// <summary>
/// Gives what the miner found in messages codes. Which template that leads to is known when the miner has settled them;
/// then several codes may stand for one.
/// </summary>
internal sealed class CubeTemplates
{
    private const int Recent = 1 << 10;

    private readonly Dictionary<LogTemplate, int> _codes = new(ReferenceEqualityComparer.Instance);
    private readonly List<LogTemplate?> _leaves = [null, null];
    private readonly (LogTemplate? Leaf, int Code)[] _recent = new (LogTemplate?, int)[Recent];

    /// <summary>Codes so far, those of no value and of others among them.</summary>
    public int Count => _leaves.Count;

    /// <summary>The code of what the miner found.</summary>
    /// <param name="leaf">What it found, or null.</param>
    /// <returns>The code: 0 for none, 1 where there is no room for it.</returns>
    public int CodeOf(LogTemplate? leaf)
    {
        if (leaf is null)
        {
            return 0;
        }

        ref (LogTemplate? Leaf, int Code) recent = ref _recent[RuntimeHelpers.GetHashCode(leaf) & (Recent - 1)];
        if (!ReferenceEquals(recent.Leaf, leaf))
        {
            recent = (leaf, Take(leaf));
        }

        return recent.Code;
    }

    /// <summary>The id of the template that a code leads to by now.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The id.</returns>
    public string IdOf(int code) => _leaves[code]!.Widest.Id;

    /// <summary>For each code the least one that leads to the same template by now.</summary>
    /// <returns>The codes.</returns>
    public int[] Merge()
    {
        int[] merged = new int[_leaves.Count];
        Dictionary<string, int> first = new(StringComparer.Ordinal);
        merged[CubeKey.Other] = CubeKey.Other;
        for (int code = CubeKey.First; code < merged.Length; code++)
        {
            string id = IdOf(code);
            if (!first.TryGetValue(id, out int known))
            {
                first.Add(id, known = code);
            }

            merged[code] = known;
        }

        return merged;
    }

    private int Take(LogTemplate leaf)
    {
        if (!_codes.TryGetValue(leaf, out int code))
        {
            if (_leaves.Count >= CubeKey.RoomOf(CubeField.Template))
            {
                return CubeKey.Other;
            }

            code = _leaves.Count;
            _leaves.Add(leaf);
            _codes.Add(leaf, code);
        }

        return code;
    }
}
