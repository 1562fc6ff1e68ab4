namespace LogAnomaly.Parsing;

/// <summary>
/// Tells which lines of a source belong together. One joiner serves one source and sees its lines in order; the reader
/// asks it of each line but the first, blank ones included.
/// </summary>
internal abstract class LineJoiner
{
    /// <summary>Lines that are joined at most; the next one begins a new event.</summary>
    public virtual int MaximumLines => 1_000;

    /// <summary>
    /// Whether the last event surely goes on, as an object whose braces are not balanced; then its other lines are
    /// waited for, where a stream pauses too.
    /// </summary>
    public virtual bool IsOpen => false;

    /// <summary>A line begins a new event.</summary>
    /// <param name="line">The line.</param>
    public virtual void Begin(ReadOnlySpan<byte> line)
    {
    }

    /// <summary>Whether a line belongs to the event before it.</summary>
    /// <param name="line">The line.</param>
    /// <returns>Whether it does; if not, <see cref="Begin"/> follows for it.</returns>
    public abstract bool Joins(ReadOnlySpan<byte> line);

    /// <summary>
    /// Whether a line belongs to the event before it, for a joiner that has to know where the lines lie: all bytes from
    /// the first line of the event to the end of the line are in the buffer.
    /// </summary>
    /// <param name="first">The lines of the event so far.</param>
    /// <param name="line">The line.</param>
    /// <returns>Whether it does.</returns>
    public virtual bool Joins(in LogLine first, in LogLine line) => Joins(line.Span);

    /// <summary>Joins the lines of a list, in place.</summary>
    /// <param name="lines">Lines of one block, in order.</param>
    public virtual void Join(List<LogLine> lines)
    {
        int kept = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            LogLine line = lines[i];
            if (kept > 0 && TryJoin(lines[kept - 1], line, out LogLine joined))
            {
                lines[kept - 1] = joined;
                continue;
            }

            Begin(line.Span);
            lines[kept++] = line;
        }

        lines.RemoveRange(kept, lines.Count - kept);
    }

    private bool TryJoin(in LogLine first, in LogLine line, out LogLine joined)
    {
        joined = first;
        if (first.FurtherLines + 1 >= MaximumLines || first.Buffer != line.Buffer || !Joins(first, line))
        {
            return false;
        }

        joined = first with { Length = line.Start + line.Length - first.Start, FurtherLines = first.FurtherLines + 1 };
        return true;
    }
}
