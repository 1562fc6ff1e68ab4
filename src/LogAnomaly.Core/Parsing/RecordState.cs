namespace LogAnomaly.Parsing;

/// <summary>
/// What the reading of records uses again for each line, and the last shape, which the next record mostly has too.
/// </summary>
internal sealed class RecordState
{
    private RecordFields? _fields;

    /// <summary>Decides which values stand for which fields.</summary>
    public RecordMapping Mapping { get; } = new();

    /// <summary>Shape of the last record, or null.</summary>
    public RecordShape? Shape { get; set; }

    /// <summary>The values of the line.</summary>
    /// <param name="pool">Where names are pooled.</param>
    /// <returns>An empty list.</returns>
    public RecordFields NewFields(StringPool pool)
    {
        _fields ??= new RecordFields(pool);
        _fields.Clear();
        return _fields;
    }
}
