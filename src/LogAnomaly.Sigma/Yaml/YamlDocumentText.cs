namespace LogAnomaly.Sigma.Yaml;

/// <summary>The text of one document of a file.</summary>
/// <param name="Text">The text.</param>
/// <param name="FirstLine">Line of the file where it begins, from 1.</param>
internal sealed record YamlDocumentText(string Text, int FirstLine)
{
    /// <summary>
    /// Cuts a file into its documents before any is parsed, so that a fault of one leaves the others readable. That is
    /// exact: YAML allows a line that begins with <c>---</c> in no scalar.
    /// </summary>
    /// <param name="text">Text of the file.</param>
    /// <returns>The documents.</returns>
    public static IReadOnlyList<YamlDocumentText> Split(string text)
    {
        List<YamlDocumentText> documents = [];
        int start = 0;
        int firstLine = 1;
        int line = 1;
        for (int at = 0; at < text.Length; line++)
        {
            if (at > start && IsMark(text, at) && !HoldsDirectives(text.AsSpan(start, at - start)))
            {
                documents.Add(new YamlDocumentText(text[start..at], firstLine));
                start = at;
                firstLine = line;
            }

            int end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        documents.Add(new YamlDocumentText(text[start..], firstLine));
        return documents;
    }

    private static bool IsMark(string text, int at) =>
        string.CompareOrdinal(text, at, "---", 0, 3) == 0 && (at + 3 == text.Length || char.IsWhiteSpace(text[at + 3]));

    // Directives (%YAML) belong to the document whose mark comes after them.
    private static bool HoldsDirectives(ReadOnlySpan<char> text)
    {
        bool found = false;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (line.StartsWith("%"))
            {
                found = true;
            }
            else if (!line.Trim().IsEmpty && !line.TrimStart().StartsWith("#"))
            {
                return false;
            }
        }

        return found;
    }
}
