namespace LogAnomaly.Parsing;

/// <summary>
/// The part of an ErrorLogFormat between two spaces: the server leaves it out as a whole where one of its directives
/// has nothing to say.
/// </summary>
/// <param name="Items">Directives and texts.</param>
/// <param name="HasSpace">Whether a space stands before the part, and not only the mark <c>% </c>.</param>
internal sealed record ErrorFormatGroup(List<ErrorFormatItem> Items, bool HasSpace)
{
    /// <summary>Whether the part is there in any line.</summary>
    public bool IsRequired { get; } = Items.TrueForAll(item => item.Letter == '\0' || item.IsRequired);

    /// <summary>Whether the part is the message.</summary>
    public bool IsMessage { get; } = Items.Exists(item => item.Letter == 'M');
}
