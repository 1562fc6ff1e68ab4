namespace LogAnomaly.Analysis;

/// <summary>
/// What an event is about, as codes in three words. A code is 0 for no value and 1 for one that is not broken down;
/// those of kind, level and outcome are the number of the enum from 2 (an unknown outcome is none), those of a status
/// the status itself.
/// </summary>
/// <param name="Who">Source, user and host.</param>
/// <param name="What">Path, agent and template.</param>
/// <param name="Rest">The others.</param>
internal readonly record struct CubeKey(ulong Who, ulong What, ulong Rest)
{
    /// <summary>Number of fields.</summary>
    public const int Fields = (int)CubeField.Agent + 1;

    /// <summary>Code of a value that is not broken down.</summary>
    public const int Other = 1;

    /// <summary>Code of the first value.</summary>
    public const int First = 2;

    private const int Words = 3;

    // Word, lowest bit and width of each field, in the order of the enum.
    private static readonly (int Word, int Shift, int Bits)[] s_layout =
    [
        (2, 0, 4), (2, 4, 4), (2, 8, 2), (0, 40, 20), (2, 35, 16), (0, 0, 20), (2, 51, 12), (0, 20, 20), (2, 21, 14),
        (1, 40, 20), (1, 0, 20), (2, 10, 11), (1, 20, 20),
    ];

    // Folding a field is two operations on a word: all codes from 2 become 1.
    private static readonly ulong[] s_masks = [.. s_layout.Select(place => ((1UL << place.Bits) - 1) << place.Shift)];

    /// <summary>Codes that a field has room for.</summary>
    /// <param name="field">The field.</param>
    /// <returns>One more than the greatest code.</returns>
    public static int RoomOf(CubeField field) => 1 << s_layout[(int)field].Bits;

    /// <summary>The code of a field.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The code.</returns>
    public int this[CubeField field]
    {
        get
        {
            (int word, int shift, int bits) = s_layout[(int)field];
            return (int)((WordAt(word) >> shift) & ((1UL << bits) - 1));
        }
    }

    /// <summary>Writes the codes of all fields, which costs less than asking for one after the other.</summary>
    /// <param name="codes">Takes the codes, in the order of the enum.</param>
    public void Write(Span<int> codes)
    {
        const ulong Twenty = (1UL << 20) - 1;
        codes[(int)CubeField.Agent] = (int)((What >> 20) & Twenty);
        codes[(int)CubeField.Kind] = (int)(Rest & 0xF);
        codes[(int)CubeField.Level] = (int)((Rest >> 4) & 0xF);
        codes[(int)CubeField.Outcome] = (int)((Rest >> 8) & 0x3);
        codes[(int)CubeField.Host] = (int)((Who >> 40) & Twenty);
        codes[(int)CubeField.Program] = (int)((Rest >> 35) & 0xFFFF);
        codes[(int)CubeField.Source] = (int)(Who & Twenty);
        codes[(int)CubeField.Country] = (int)((Rest >> 51) & 0xFFF);
        codes[(int)CubeField.User] = (int)((Who >> 20) & Twenty);
        codes[(int)CubeField.Action] = (int)((Rest >> 21) & 0x3FFF);
        codes[(int)CubeField.Template] = (int)((What >> 40) & Twenty);
        codes[(int)CubeField.Path] = (int)(What & Twenty);
        codes[(int)CubeField.Status] = (int)((Rest >> 10) & 0x7FF);
    }

    /// <summary>The same with another code of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="code">The code.</param>
    /// <returns>The new key.</returns>
    public CubeKey With(CubeField field, int code)
    {
        (int word, int shift, _) = s_layout[(int)field];
        ulong changed = (WordAt(word) & ~s_masks[(int)field]) | ((ulong)code << shift);
        return (word % Words) switch
        {
            0 => this with { Who = changed },
            1 => this with { What = changed },
            _ => this with { Rest = changed },
        };
    }

    /// <summary>A number of the key and a further one that spreads well, the same in every process.</summary>
    /// <param name="further">The further number.</param>
    /// <returns>The hash.</returns>
    public ulong Hash(ulong further)
    {
        ulong hash = (Who ^ (further * 0xD6E8FEB86659FD93)) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 32) ^ What) * 0xC2B2AE3D27D4EB4F;
        hash = (hash ^ (hash >> 29) ^ Rest) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 32);
    }

    /// <summary>Mixes a number so that near numbers lie far apart, the same in every process.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The hash.</returns>
    public static ulong Mix(ulong number)
    {
        // The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
        number += 0x9E3779B97F4A7C15;
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }

    private ulong WordAt(int word) => word switch
    {
        0 => Who,
        1 => What,
        _ => Rest,
    };
}
