using System.Runtime.InteropServices;

namespace LogAnomaly.Templates;

/// <summary>
/// Makes patterns of the messages of one frame. Messages that differ in one word alone are put side by side; whether
/// the word opens is for <see cref="OpeningRule"/> to say, by what the words look like and how many they are. What was
/// opened is compared again until nothing opens any more. All openings of a round are found before any is made, so the
/// result depends on the set of messages only.
/// </summary>
internal sealed class TemplateGrouping
{
    private const int MostRounds = 24;

    private readonly TemplateWords _words;
    private readonly TemplateFrame _frame;
    private readonly OpeningRule _rule;
    private List<TemplatePattern> _patterns;

    /// <summary>Creates a grouping.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="words">The words of all messages.</param>
    public TemplateGrouping(TemplateFrame frame, TemplateWords words)
    {
        _frame = frame;
        _words = words;
        _rule = new OpeningRule(frame, words);
        _patterns = [];
    }

    /// <summary>Groups the messages.</summary>
    /// <returns>The pattern of each message, in the order of the frame's messages.</returns>
    public TemplatePattern[] Run()
    {
        TemplatePattern[] starts = new TemplatePattern[_frame.Leaves.Count];
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = new TemplatePattern(_frame.Leaves[i].Words, 0) { Leaves = 1 };
        }

        _patterns = [.. starts];
        MergeForms();
        for (int round = 0; round < MostRounds && _patterns.Count > 1 && OpenRound(); round++)
        {
            MergeForms();
        }

        AbsorbCovered();
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = starts[i].Last;
        }

        return starts;
    }

    // Messages that differ in the forms of their values only, however many, are one: vis=<num> and vis=<hex>.
    private void MergeForms()
    {
        Dictionary<ulong, List<int>> groups = [];
        for (int i = 0; i < _patterns.Count; i++)
        {
            ref List<int>? group =
                ref CollectionsMarshal.GetValueRefOrAddDefault(groups, BlindHash(_patterns[i]), out _);
            group ??= [];
            group.Add(i);
        }

        int[]?[] opened = new int[]?[_patterns.Count];
        ulong[] bits = new ulong[_patterns.Count];
        foreach (List<int> group in groups.Values)
        {
            if (group.Count > 1)
            {
                Unify(group, opened, bits);
            }
        }

        _ = Replace(opened, bits);
    }

    private void Unify(List<int> group, int[]?[] opened, ulong[] bits)
    {
        int[] words = [.. _patterns[group[0]].Words];
        ulong differing = 0;
        for (int position = 0; position < words.Length && position < 64; position++)
        {
            if (group.Exists(i => _patterns[i].Words[position] != words[position]))
            {
                differing |= 1UL << position;
                words[position] = _rule.WordOf(position, group.ConvertAll(i => _patterns[i]));
            }
        }

        foreach (int i in group)
        {
            opened[i] = [.. words];
            bits[i] = differing;
        }
    }

    // A hash of the words where values of any form are alike.
    private ulong BlindHash(TemplatePattern pattern) => BlindHash(pattern, out _);

    private ulong BlindHash(TemplatePattern pattern, out bool[] isBlind)
    {
        int[] words = pattern.Words;
        isBlind = new bool[words.Length];
        ulong hash = 0;
        bool hasConstant = false;
        for (int i = 0; i < words.Length; i++)
        {
            isBlind[i] = (i < 64 && (pattern.Opened >> i & 1) != 0) || _rule.IsForm(i, words);
            hasConstant |= !isBlind[i];
            hash += TemplatePattern.Mix(isBlind[i] ? TemplateWords.Open : words[i], i);
        }

        if (!hasConstant)
        {
            // Nothing but values: their forms are all that tells such messages apart.
            Array.Clear(isBlind);
            return pattern.Hash;
        }

        return hash;
    }

    // What a template of many messages says word for word, its open words aside, is one of them, even if a word there
    // looks like a state.
    private void AbsorbCovered()
    {
        PatternIndex<TemplatePattern> index = new();
        foreach (TemplatePattern pattern in _patterns)
        {
            if (pattern.Opened != 0 && pattern.Leaves >= OpeningRule.StateVariants)
            {
                index.Add(pattern.Words, pattern.Opened, pattern);
            }
        }

        foreach (TemplatePattern pattern in _patterns)
        {
            if (pattern.Leaves < OpeningRule.StateVariants && index.Find(pattern.Words) is { } wider
                && wider != pattern)
            {
                wider.Absorb(pattern);
            }
        }
    }

    private bool OpenRound()
    {
        int width = _frame.Gaps.Length - 1;
        ulong[] blind = new ulong[_patterns.Count];
        bool[][] isBlind = new bool[_patterns.Count][];
        for (int i = 0; i < blind.Length; i++)
        {
            blind[i] = BlindHash(_patterns[i], out isBlind[i]);
        }

        int[] best = new int[_patterns.Count];
        List<(int Position, List<int> Members, int Strength, int Word)> openings = [];
        for (int position = 0; position < width; position++)
        {
            foreach (List<int> members in GroupsAt(position, blind, isBlind))
            {
                List<TemplatePattern> judged = members.ConvertAll(i => _patterns[i]);
                int strength = _rule.Judge(position, judged, out int word);
                if (strength > 0)
                {
                    List<int> opening = judged.Count == members.Count ? members : InBoth(members, judged);
                    openings.Add((position, opening, strength, word));
                    opening.ForEach(i => best[i] = Math.Max(best[i], strength));
                }
            }
        }

        if (openings.Count == 0)
        {
            return false;
        }

        int[]?[] opened = new int[]?[_patterns.Count];
        ulong[] bits = new ulong[_patterns.Count];
        foreach ((int position, List<int> members, int strength, int word) in openings)
        {
            // The place with the most values opens first: what looks variable beside it may be a state of it.
            if (members.Exists(i => best[i] > 2 * strength))
            {
                continue;
            }

            foreach (int i in members)
            {
                opened[i] ??= [.. _patterns[i].Words];
                opened[i]![position] = word;
                bits[i] |= 1UL << position;
            }
        }

        return Replace(opened, bits);
    }

    private List<int> InBoth(List<int> members, List<TemplatePattern> judged)
    {
        HashSet<TemplatePattern> opening = [.. judged];
        return members.FindAll(i => opening.Contains(_patterns[i]));
    }

    private bool Replace(int[]?[] opened, ulong[] bits)
    {
        bool changed = false;
        Dictionary<ulong, List<TemplatePattern>> known = [];
        List<TemplatePattern> patterns = [];
        for (int i = 0; i < _patterns.Count; i++)
        {
            TemplatePattern old = _patterns[i];
            TemplatePattern made = opened[i] is { } words ? new TemplatePattern(words, old.Opened | bits[i]) : old;
            changed |= made != old;
            ref List<TemplatePattern>? same = ref CollectionsMarshal.GetValueRefOrAddDefault(known, made.Hash, out _);
            same ??= [];
            TemplatePattern? twin = same.Find(other => other.Words.AsSpan().SequenceEqual(made.Words));
            if (twin is null)
            {
                same.Add(made);
                patterns.Add(made);
                twin = made;
            }

            if (twin != old)
            {
                twin.Absorb(old);
            }

            if (made != old && made != twin)
            {
                twin.Absorb(made);
            }
        }

        _patterns = patterns;
        return changed;
    }

    // Patterns that differ at a position alone, two or more.
    private Dictionary<int, List<int>>.ValueCollection GroupsAt(int position, ulong[] blind, bool[][] isBlind)
    {
        Dictionary<ulong, int> firsts = [];
        Dictionary<int, List<int>> groups = [];
        for (int i = 0; i < _patterns.Count; i++)
        {
            ulong key = blind[i] - TemplatePattern.Mix(
                isBlind[i][position] ? TemplateWords.Open : _patterns[i].Words[position], position);
            ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(firsts, key, out bool exists);
            if (!exists)
            {
                first = i;
                continue;
            }

            ref List<int>? group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, first, out _);
            group ??= [first];
            group.Add(i);
        }

        return groups.Values;
    }
}
