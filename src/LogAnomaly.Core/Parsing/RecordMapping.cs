using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Decides which values of a structured line stand for which fields. Used again for each line; after <see cref="Map"/>
/// it holds the fields of that line. Of two values for one field the one whose name says it more plainly counts, then
/// the one that stands first: what a program adds to a record comes after what its logger writes.
/// </summary>
internal sealed class RecordMapping
{
    private static readonly int s_fieldCount = Enum.GetValues<LogField>().Length;

    private readonly int[] _ranks = new int[s_fieldCount];
    private readonly int[] _indices = new int[s_fieldCount];
    private readonly object?[] _values = new object?[s_fieldCount];
    private readonly List<LogField> _found = [];

    /// <summary>Time of the record, or null.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>Level of the record, or null.</summary>
    public LogLevel? Level { get; set; }

    /// <summary>Index of the value that is the message, or -1.</summary>
    public int Message => IndexOf(LogField.Message);

    /// <summary>The fields that were found, each once, those of every event aside.</summary>
    public IReadOnlyList<LogField> Found => _found;

    /// <summary>The value of a field.</summary>
    /// <param name="field">The field; not the time, the level or the message.</param>
    /// <returns>The value, or null.</returns>
    public object? this[LogField field] => _ranks[(int)field] == int.MaxValue ? null : _values[(int)field];

    /// <summary>Maps the values of a line and marks those that were taken.</summary>
    /// <param name="fields">The values.</param>
    /// <param name="map">Which names stand for which fields.</param>
    /// <param name="clock">Settles years and zones.</param>
    /// <param name="pool">Strings for values that repeat, or null.</param>
    public void Map(RecordFields fields, PropertyMap map, LogClock clock, StringPool? pool = null)
    {
        Array.Fill(_ranks, int.MaxValue);
        _found.Clear();
        Time = null;
        Level = null;
        for (int i = 0; i < fields.Count; i++)
        {
            PropertyAlias[] aliases = map.Find(fields.Name(i), out int extraRank);
            foreach (PropertyAlias alias in aliases)
            {
                int rank = alias.Rank + extraRank;
                if (rank < _ranks[(int)alias.Field] && (alias.Rank == 0 || !map.IsOwn(alias.Field))
                    && TryTake(alias, fields, i, clock, pool))
                {
                    Set(alias.Field, rank, i);
                }
            }
        }

        RecordDialects.Settle(this, fields, clock, pool);
        Collect(fields);
    }

    /// <summary>Index of the value that a field was taken from.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The index, or -1.</returns>
    public int IndexOf(LogField field) => _ranks[(int)field] == int.MaxValue ? -1 : _indices[(int)field];

    /// <summary>Sets a field that several values tell together, or that a dialect has in an unusual place.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="index">Index of the value that it comes from, or -1.</param>
    public void Put(LogField field, object value, int index)
    {
        if (field == LogField.Timestamp)
        {
            Time = (DateTimeOffset)value;
        }

        _values[(int)field] = value;
        Set(field, 0, index);
    }

    private bool TryTake(PropertyAlias alias, RecordFields fields, int index, LogClock clock, StringPool? pool)
    {
        RecordValueType type = fields.TypeOf(index);
        ReadOnlySpan<byte> value = fields.Value(index);
        switch (alias.Field)
        {
            case LogField.Timestamp:
                return TryTakeTime(type, value, clock);
            case LogField.Level:
                if (type is not (RecordValueType.Text or RecordValueType.Number)
                    || !LevelWords.TryParse(value, alias.Form, out LogLevel level))
                {
                    return false;
                }

                Level = level;
                return true;
            case LogField.Message:
                return type == RecordValueType.Text && !value.Trim(" \r\n"u8).IsEmpty;
            default:
                if (!FieldConversion.TryConvert(alias, type, value, pool, out object? converted))
                {
                    return false;
                }

                _values[(int)alias.Field] = converted;
                return true;
        }
    }

    private bool TryTakeTime(RecordValueType type, ReadOnlySpan<byte> value, LogClock clock)
    {
        bool isTime = type is RecordValueType.Text or RecordValueType.Number
            && TimestampText.TryRead(value, clock, out DateTimeOffset time) && Assign(time);
        return isTime;

        bool Assign(DateTimeOffset read)
        {
            Time = read;
            return true;
        }
    }

    private void Set(LogField field, int rank, int index)
    {
        _ranks[(int)field] = rank;
        _indices[(int)field] = index;
    }

    private void Collect(RecordFields fields)
    {
        for (int i = 0; i < s_fieldCount; i++)
        {
            if (_ranks[i] == int.MaxValue)
            {
                continue;
            }

            if (_indices[i] >= 0)
            {
                fields.Take(_indices[i]);
            }

            if ((LogField)i is not (LogField.Timestamp or LogField.Level or LogField.Message or LogField.HostName
                or LogField.Program or LogField.ProcessId))
            {
                _found.Add((LogField)i);
            }
        }
    }
}
