namespace LogAnomaly.Templates;

/// <summary>Masked messages of the same number of words with the same text between them; only these can have one template.</summary>
internal sealed class TemplateFrame
{
    /// <summary>Creates a frame.</summary>
    /// <param name="gaps">What stands before each word, and behind the last.</param>
    public TemplateFrame(string[] gaps) => Gaps = gaps;

    /// <summary>What stands before each word, and behind the last.</summary>
    public string[] Gaps { get; }

    /// <summary>The messages.</summary>
    public List<MessageLeaf> Leaves { get; } = [];

    /// <summary>The patterns of the last grouping, asked for what new messages match.</summary>
    public PatternIndex? Patterns { get; set; }

    /// <summary>Templates with open words that were ever made here, and a message that each had.</summary>
    public Dictionary<LogTemplate, LogTemplate> Wide { get; } = [];

    /// <summary>Whether messages came since the last grouping.</summary>
    public bool IsChanged { get; set; }
}
