namespace LogAnomaly.Parsing;

/// <summary>Makes events of lines that a <see cref="RecordSyntax"/> takes apart.</summary>
internal static class RecordEvents
{
    /// <summary>Makes an event of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <param name="syntax">How the line is taken apart.</param>
    /// <returns>The event, or null where the line is not of the syntax.</returns>
    public static RecordEvent? Parse(in LogLine line, ParseContext context, RecordSyntax syntax)
    {
        RecordFields fields = context.State<RecordState>().NewFields(context.Pool);
        return syntax.TryRead(line.Span, fields) ? Make(line, context, syntax, fields) : null;
    }

    /// <summary>Makes an event of a line whose values have been read.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <param name="syntax">How the line was taken apart.</param>
    /// <param name="fields">Its values.</param>
    /// <param name="record">What the values were read from, where it is not the line itself.</param>
    /// <returns>The event.</returns>
    public static RecordEvent Make(
        in LogLine line, ParseContext context, RecordSyntax syntax, RecordFields fields, byte[]? record = null)
    {
        RecordState state = context.State<RecordState>();
        RecordMapping mapping = state.Mapping;
        mapping.Map(fields, context.Properties, context.Clock, context.Pool);
        object[] values = new object[mapping.Found.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = mapping[mapping.Found[i]]!;
        }

        RecordShape shape = ShapeOf(state, mapping, syntax, context.Properties);
        byte[]? message = MessageOf(mapping, fields, out int start, out int length);
        RecordEvent made = new(line, context.Source, shape, values, message, record)
        {
            Timestamp = mapping.Time,
            Level = mapping.Level,
            HostName = (string?)mapping[LogField.HostName],
            Program = (string?)mapping[LogField.Program],
            ProcessId = (int?)mapping[LogField.ProcessId],
        };
        if (start >= 0)
        {
            made.SetMessage(start, length);
        }

        return made;
    }

    private static RecordShape ShapeOf(RecordState state, RecordMapping mapping, RecordSyntax syntax, PropertyMap map)
    {
        Span<byte> found = stackalloc byte[mapping.Found.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = (byte)mapping.Found[i];
        }

        if (state.Shape is not { } shape || shape.Syntax != syntax || shape.Map != map
            || !found.SequenceEqual(shape.Fields))
        {
            state.Shape = shape = new RecordShape(found.ToArray(), syntax, map);
        }

        return shape;
    }

    private static byte[]? MessageOf(RecordMapping mapping, RecordFields fields, out int start, out int length)
    {
        start = -1;
        length = 0;
        int index = mapping.Message;
        if (index < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> value = fields.Value(index);
        if (MessageTemplate.IsTemplate(fields.Name(index)) && value.Contains((byte)'{'))
        {
            return MessageTemplate.Render(value, fields);
        }

        ReadOnlySpan<byte> text = value.TrimEnd("\r\n"u8);
        if (fields.LineStart(index) < 0)
        {
            return text.ToArray();
        }

        start = fields.LineStart(index);
        length = text.Length;
        return null;
    }
}
