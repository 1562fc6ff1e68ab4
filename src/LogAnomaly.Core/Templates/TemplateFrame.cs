namespace LogAnomaly.Templates;

/// <summary>
/// Masked messages of the same number of words with the same text between them; only these can have one template.
/// </summary>
internal sealed class TemplateFrame
{
    /// <summary>Creates a frame.</summary>
    /// <param name="gaps">What stands before each word, and behind the last.</param>
    public TemplateFrame(string[] gaps) => Gaps = gaps;

    /// <summary>What stands before each word, and behind the last.</summary>
    public string[] Gaps { get; }

    /// <summary>The messages.</summary>
    public List<MessageLeaf> Leaves { get; } = [];

    /// <summary>
    /// The pattern of each message as of the last grouping; shorter than <see cref="Leaves"/> where messages came
    /// since.
    /// </summary>
    public TemplatePattern[] Grouped { get; private set; } = [];

    /// <summary>What the patterns are as templates.</summary>
    public List<FramePattern> Settled { get; } = [];

    /// <summary>The patterns of the last grouping, asked for what new messages match.</summary>
    public PatternIndex<FramePattern>? Patterns { get; private set; }

    /// <summary>Templates with open words that were ever made here, and a message that each had.</summary>
    public Dictionary<LogTemplate, LogTemplate> Wide { get; } = [];

    /// <summary>Makes what new messages are matched with.</summary>
    public void IndexPatterns()
    {
        Patterns = new PatternIndex<FramePattern>();
        foreach (FramePattern pattern in Settled)
        {
            if (pattern.Opened != 0)
            {
                Patterns.Add(pattern.Words, pattern.Opened, pattern);
            }
        }
    }

    /// <summary>Whether messages came since the last grouping.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Groups the messages anew.</summary>
    /// <param name="words">The words of all messages.</param>
    public void Group(TemplateWords words)
    {
        IsChanged = false;
        Grouped = new TemplateGrouping(this, words).Run();
    }
}
