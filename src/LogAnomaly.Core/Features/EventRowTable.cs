namespace LogAnomaly.Features;

/// <summary>
/// The rows of one kind of events as numbers, equal rows once, with what is needed to say in words what a number stands
/// for.
/// </summary>
internal sealed class EventRowTable
{
    private readonly IReadOnlyList<EventColumn> _columns;
    private readonly IReadOnlyList<int> _values;
    private readonly IReadOnlyList<int> _counts;
    private readonly IReadOnlyList<int> _rowOf;

    /// <summary>Creates a table.</summary>
    /// <param name="matrix">The distinct rows.</param>
    /// <param name="columns">The columns, resolved.</param>
    /// <param name="values">Codes of the distinct rows, row after row.</param>
    /// <param name="counts">Events of each row.</param>
    /// <param name="rowOf">The row of each event, in the order of the input.</param>
    /// <param name="held">The events that are held.</param>
    public EventRowTable(
        FeatureMatrix matrix,
        IReadOnlyList<EventColumn> columns,
        IReadOnlyList<int> values,
        IReadOnlyList<int> counts,
        IReadOnlyList<int> rowOf,
        IReadOnlyList<EventRows.HeldEvent> held)
    {
        Matrix = matrix;
        Held = held;
        _columns = columns;
        _values = values;
        _counts = counts;
        _rowOf = rowOf;
    }

    /// <summary>The distinct rows.</summary>
    public FeatureMatrix Matrix { get; }

    /// <summary>All events.</summary>
    public int EventCount => _rowOf.Count;

    /// <summary>The events that are held, in the order of the input; those of rows that are usual are not.</summary>
    public IReadOnlyList<EventRows.HeldEvent> Held { get; }

    /// <summary>Events of a row.</summary>
    /// <param name="row">Index of the row.</param>
    /// <returns>Their number.</returns>
    public int CountOf(int row) => _counts[row];

    /// <summary>The row of an event.</summary>
    /// <param name="index">Index of the event in the input.</param>
    /// <returns>Index of its row.</returns>
    public int RowOf(int index) => _rowOf[index];

    /// <summary>What a feature of a row is, in words.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="column">Index of the feature.</param>
    /// <returns>The text of a categorical feature and how many events share it, or null and -1 for a numeric
    /// one.</returns>
    public (string? Text, int Count) Describe(int row, int column) =>
        _columns[column].Describe(_values[(row * _columns.Count) + column]);

    /// <summary>The most frequent text of a categorical feature.</summary>
    /// <param name="column">Index of the feature.</param>
    /// <returns>The text and its count; equal counts by text.</returns>
    public NameCount MostFrequent(int column) => _columns[column].MostFrequent;

    /// <summary>The counts of the texts of a categorical feature.</summary>
    /// <param name="column">Index of the feature.</param>
    /// <returns>Texts and counts, equal texts once; null is the event without one.</returns>
    public IEnumerable<(string? Text, int Count)> CountsOf(int column) => _columns[column].ToCounts();

    /// <summary>The column of a feature.</summary>
    /// <param name="name">Name of the feature.</param>
    /// <returns>Its index, or -1 where the kind does not have it.</returns>
    public int ColumnOf(string name)
    {
        for (int column = 0; column < Matrix.ColumnCount; column++)
        {
            if (Matrix.Names[column] == name)
            {
                return column;
            }
        }

        return -1;
    }
}
