namespace LogAnomaly.Templates;

/// <summary>A pattern with the text between its words: what one template is, wide or of one message.</summary>
/// <param name="Gaps">What stands before each word, and behind the last.</param>
/// <param name="Words">Numbers of the words.</param>
/// <param name="Opened">A bit for each position that several messages differ in.</param>
/// <param name="Template">The template.</param>
/// <param name="Leaves">Masked messages that it stands for.</param>
internal sealed record FramePattern(string[] Gaps, int[] Words, ulong Opened, LogTemplate Template, int Leaves)
{
    /// <summary>The text of the template.</summary>
    public string Text => Template.Text;
}
