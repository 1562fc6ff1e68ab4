namespace LogAnomaly.Templates;

/// <summary>One masked message, the unit that templates are made of.</summary>
internal sealed class MessageLeaf
{
    /// <summary>Creates a leaf.</summary>
    /// <param name="words">Numbers of its words.</param>
    /// <param name="template">What counts its events.</param>
    public MessageLeaf(int[] words, LogTemplate template)
    {
        Words = words;
        Template = template;
    }

    /// <summary>Numbers of its words.</summary>
    public int[] Words { get; }

    /// <summary>What counts its events; where the message has a wider template, that one follows it.</summary>
    public LogTemplate Template { get; }
}
