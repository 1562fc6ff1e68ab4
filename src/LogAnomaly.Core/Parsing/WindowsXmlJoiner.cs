namespace LogAnomaly.Parsing;

/// <summary>Joins the lines of an element <c>Event</c> that is printed over several, up to its end.</summary>
internal sealed class WindowsXmlJoiner : LineJoiner
{
    private bool _isOpen;

    /// <inheritdoc/>
    public override int MaximumLines => 5_000;

    /// <inheritdoc/>
    public override bool IsOpen => _isOpen;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line) =>
        _isOpen = WindowsXmlFormat.StartOf(line) >= 0 && IsOpenAfter(line);

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line)
    {
        if (!_isOpen || WindowsXmlFormat.StartOf(line.TrimStart(" \t-"u8)) == 0)
        {
            return false;
        }

        _isOpen = line.LastIndexOf("</Event>"u8) < 0 || IsOpenAfter(line);
        return true;
    }

    // Whether the last element that the line begins does not end in it.
    private static bool IsOpenAfter(ReadOnlySpan<byte> line)
    {
        int end = line.LastIndexOf("</Event>"u8);
        return WindowsXmlFormat.StartOf(end < 0 ? line : line[end..]) >= 0;
    }
}
