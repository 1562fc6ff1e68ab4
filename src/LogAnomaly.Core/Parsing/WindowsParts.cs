namespace LogAnomaly.Parsing;

/// <summary>What a Windows record says, whichever way it was written, before it becomes an event.</summary>
internal sealed class WindowsParts
{
    /// <summary>Id of the event, or -1.</summary>
    public int EventId { get; set; } = -1;

    /// <summary>Provider, or null.</summary>
    public string? Provider { get; set; }

    /// <summary>Channel, or null.</summary>
    public string? Channel { get; set; }

    /// <summary>Computer, or null.</summary>
    public string? Computer { get; set; }

    /// <summary>Level by number or word, or null.</summary>
    public string? Level { get; set; }

    /// <summary>Number of the record, or null.</summary>
    public long? RecordId { get; set; }

    /// <summary>Process that wrote the record, or null.</summary>
    public int? ProcessId { get; set; }

    /// <summary>Thread that wrote the record, or null.</summary>
    public long? ThreadId { get; set; }

    /// <summary>Time of the record, or null.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary>Outcome of an audit by its keywords, or null.</summary>
    public Outcome? Audit { get; set; }

    /// <summary>Text of the record, or null.</summary>
    public string? Message { get; set; }

    /// <summary>Names and values of the record's data, in their order.</summary>
    public List<KeyValuePair<string, string?>> Data { get; } = [];

    /// <summary>Names and values of the record's header.</summary>
    public List<KeyValuePair<string, string?>> System { get; } = [];

    /// <summary>Values that the record has without a name.</summary>
    public List<string?> Unnamed { get; } = [];

    /// <summary>The value of the data under a name, or null where there is none or it stands for nothing.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The value.</returns>
    public string? Find(string name)
    {
        foreach (KeyValuePair<string, string?> pair in Data)
        {
            if (pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return pair.Value is null or "" or "-" or "N/A" ? null : pair.Value;
            }
        }

        return null;
    }

    /// <summary>Takes the outcome of an audit from the record's keywords.</summary>
    /// <param name="keywords">The keywords as a number in hexadecimal digits, or words.</param>
    public void SetKeywords(string? keywords)
    {
        if (keywords is null)
        {
            return;
        }

        // Bits 52 and 53 of the mask are the failure and the success of an audit.
        bool isNumber = keywords.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(
                keywords.AsSpan(2), global::System.Globalization.NumberStyles.AllowHexSpecifier, null, out ulong mask)
            : TryParseDecimal(keywords, out mask);
        if (isNumber)
        {
            Audit = (mask & (1UL << 53)) != 0 ? Outcome.Success : (mask & (1UL << 52)) != 0 ? Outcome.Failure : Audit;
        }
        else if (keywords.Contains("Audit", StringComparison.OrdinalIgnoreCase))
        {
            Audit = keywords.Contains("Fail", StringComparison.OrdinalIgnoreCase) ? Outcome.Failure
                : keywords.Contains("Success", StringComparison.OrdinalIgnoreCase) ? Outcome.Success : Audit;
        }
    }

    // Signed, as .NET and nxlog print it.
    private static bool TryParseDecimal(string keywords, out ulong mask)
    {
        bool isNumber = long.TryParse(
            keywords, global::System.Globalization.CultureInfo.InvariantCulture, out long signed);
        mask = (ulong)signed;
        return isNumber;
    }
}
