namespace LogAnomaly.Parsing;

/// <summary>
/// Values between commas, semicolons, tabs or bars, with a header that names the columns. A header must name at least
/// three columns, one of them by a name that is known. Rows with another number of columns are no events of it.
/// </summary>
public sealed class CsvFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override string Description => "CSV, TSV and the like, with a header";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LineJoiner NewJoiner() => new CsvJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        CsvState state = context.State<CsvState>();
        ReadOnlySpan<byte> text = line.Span;
        if (state.Syntax is { } syntax)
        {
            return text.SequenceEqual(state.HeaderLine) ? NoEvent : RecordEvents.Parse(line, context, syntax);
        }

        // "sep=;" is for spreadsheets, "#TYPE …" is what Windows PowerShell writes first.
        if (text.Length == 5 && text.StartsWith("sep="u8))
        {
            state.Delimiter = text[4];
            return NoEvent;
        }

        if (text.StartsWith("#TYPE "u8))
        {
            return NoEvent;
        }

        if (CsvHeader.Read(text, state.Delimiter) is not { } header)
        {
            return null;
        }

        state.Syntax = new CsvSyntax(header);
        state.HeaderLine = text.ToArray();
        return NoEvent;
    }
}
