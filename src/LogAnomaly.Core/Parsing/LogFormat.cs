namespace LogAnomaly.Parsing;

/// <summary>
/// One log format: its name and how a line of it becomes an event. Formats have no state; state is in the context.
/// </summary>
public abstract class LogFormat
{
    /// <summary>Name on the command line, such as <c>apache-error</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the format is, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// Whether what a line means depends on lines before it, so that the lines of a source must be parsed one after the
    /// other.
    /// </summary>
    internal virtual bool IsSequential => false;

    /// <summary>
    /// Whether events keep slices of the lines that they were made of. Where none does, the reader fills the same
    /// blocks again and again.
    /// </summary>
    internal virtual bool KeepsLines => true;

    /// <summary>
    /// What a format returns for a line that belongs to the log and is no event: a header, a directive.
    /// </summary>
    internal static LogEvent NoEvent { get; } = new LineEvent(
        LogKind.Unparsed, LogLine.FromString(""), new LogSource("(none)"));

    /// <summary>Makes what joins the lines of a source that belong together, such as those of a stack trace.</summary>
    /// <returns>A new joiner, or null (the default) where every line stands for itself.</returns>
    internal virtual LineJoiner? NewJoiner() => null;

    /// <summary>Makes an event of a line.</summary>
    /// <param name="line">The line, or the lines that the joiner put together; never empty.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, <see cref="NoEvent"/>, or null where the line is not of this format.</returns>
    internal abstract LogEvent? Parse(in LogLine line, ParseContext context);

    /// <summary>
    /// Makes an event of a line of a sample, to find the format of a file: of the lines that <see cref="Parse"/> takes
    /// only those that no more general format is there for.
    /// </summary>
    /// <param name="line">The line; never empty.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where the line does not tell of this format.</returns>
    internal virtual LogEvent? ParseSample(in LogLine line, ParseContext context) => Parse(line, context);
}
