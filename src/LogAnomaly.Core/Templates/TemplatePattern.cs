namespace LogAnomaly.Templates;

/// <summary>Words of which some are open, and how many messages it stands for.</summary>
internal sealed class TemplatePattern
{
    /// <summary>Creates a pattern.</summary>
    /// <param name="words">Numbers of its words.</param>
    /// <param name="opened">A bit for each position that several messages differ in.</param>
    public TemplatePattern(int[] words, ulong opened)
    {
        Words = words;
        Opened = opened;
        for (int i = 0; i < words.Length; i++)
        {
            Hash += Mix(words[i], i);
        }
    }

    /// <summary>Numbers of its words.</summary>
    public int[] Words { get; }

    /// <summary>A hash of the words; a sum over positions, so that one of them can be taken out.</summary>
    public ulong Hash { get; }

    /// <summary>A bit for each position that several messages differ in.</summary>
    public ulong Opened { get; private set; }

    /// <summary>Messages that it stands for.</summary>
    public int Leaves { get; set; }

    /// <summary>The pattern that took this one in, or null.</summary>
    public TemplatePattern? Into { get; set; }

    /// <summary>This pattern or the one that took it in.</summary>
    public TemplatePattern Last
    {
        get
        {
            TemplatePattern last = this;
            while (last.Into is { } next)
            {
                last = next;
            }

            return last;
        }
    }

    /// <summary>Takes another pattern of the same words in.</summary>
    /// <param name="other">The pattern.</param>
    public void Absorb(TemplatePattern other)
    {
        other.Into = this;
        Leaves += other.Leaves;
        Opened |= other.Opened;
    }

    /// <summary>The part of the hash that a word has.</summary>
    /// <param name="word">The word.</param>
    /// <param name="position">Its position.</param>
    /// <returns>The part.</returns>
    public static ulong Mix(int word, int position)
    {
        ulong value = ((ulong)(uint)word << 8) | (uint)(position & 0xFF);
        value = (value ^ (value >> 31)) * 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 27)) * 0xBF58476D1CE4E5B9;
        return value ^ (value >> 31);
    }
}
