namespace LogAnomaly.Parsing;

/// <summary>The line of a program inside the line that a container runtime or collector wraps around it.</summary>
internal static class InnerLine
{
    private const int LongestOuter = 64;

    /// <summary>
    /// Takes the values of the inner line in place of <c>log</c>, before those of the wrapper, where the values are
    /// those of a container runtime (<c>log</c> with <c>stream</c>) and the inner line is structured itself.
    /// </summary>
    /// <param name="fields">The values of the outer line.</param>
    public static void Unwrap(RecordFields fields)
    {
        int log = fields.IndexOf("log");
        if (log < 0 || fields.Count > LongestOuter || fields.TypeOf(log) != RecordValueType.Text
            || fields.IndexOf("stream") < 0)
        {
            return;
        }

        byte[] inner = fields.Value(log).ToArray();
        List<(string Name, RecordValueType Type, byte[] Value)> outer = [];
        for (int i = 0; i < fields.Count; i++)
        {
            if (i != log)
            {
                outer.Add((fields.Name(i), fields.TypeOf(i), fields.Value(i).ToArray()));
            }
        }

        fields.Clear();
        if (!TryRead(inner, fields))
        {
            fields.Clear();
            fields.Add("log", RecordValueType.Text, inner);
        }

        foreach ((string name, RecordValueType type, byte[] value) in outer)
        {
            fields.Add(name, type, value);
        }
    }

    /// <summary>Takes an inner line apart.</summary>
    /// <param name="text">The line; a line end behind it does not matter.</param>
    /// <param name="fields">Takes the values; where the line is not structured, it may have taken some.</param>
    /// <returns>Whether it is structured: JSON, or logfmt that names a level, a message or a time.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, RecordFields fields)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return false;
        }

        if (text[0] == '{')
        {
            return JsonSyntax.TryFlatten(text, "", fields, -1);
        }

        bool isNamed = text.IndexOf("level="u8) >= 0 || text.IndexOf("msg="u8) >= 0 || text.IndexOf("lvl="u8) >= 0;
        return isNamed && ReadLogfmt(text, fields);
    }

    // The places of the values in the inner line are not those in the outer one.
    private static bool ReadLogfmt(ReadOnlySpan<byte> text, RecordFields fields)
    {
        bool isRead = LogfmtSyntax.Instance.TryRead(text, fields);
        fields.ForgetPlaces();
        return isRead;
    }
}
