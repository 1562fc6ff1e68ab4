using System.Runtime.InteropServices;

namespace LogAnomaly.Features;

/// <summary>
/// The events of one kind as rows of features, column by column, as they come. Equal rows are kept once and counted,
/// and of the events only those are held whose rows may turn out to be odd: a row that came <see cref="MostHeldOfRow"/>
/// times is usual, and where too many are held those with the most frequent values go. So memory follows the variety of
/// a log and not its length. One object serves one thread.
/// </summary>
internal sealed class EventRows
{
    /// <summary>Events of one row from which on none of them is held.</summary>
    public const int MostHeldOfRow = 1_000;

    private const int DefaultMostHeld = 200_000;
    private const int MostTexts = 200_000;

    // A quarter of a power of two is near enough to tell common numbers from rare ones.
    private const float Buckets = 4;

    private readonly IReadOnlyList<EventFeature> _features;
    private readonly EventColumn[] _columns;
    private readonly int _mostHeld;
    private readonly int _mostHeldOfRow;
    private readonly int[] _row;
    private readonly RequestRows? _requests;
    private readonly List<int> _values = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _rowOf = [];
    private int[] _slots = new int[1 << 10];
    private List<HeldEvent> _held = [];
    private List<HeldEvent> _spare = [];
    private bool _holdsBlocks;

    /// <summary>Creates an empty table.</summary>
    /// <param name="kind">Kind of all events.</param>
    /// <param name="holding">Which events are held.</param>
    /// <param name="mostHeld">Events that are held at the most, where not all are.</param>
    public EventRows(LogKind kind, EventHolding holding = EventHolding.Odd, int mostHeld = DefaultMostHeld)
    {
        _mostHeldOfRow = holding switch
        {
            EventHolding.All => int.MaxValue,
            EventHolding.None => 0,
            _ => MostHeldOfRow,
        };
        Kind = kind;
        _features = EventFeatureSet.For(kind);
        _columns = [.. _features.Select(feature => new EventColumn(feature, MostTexts))];
        _row = new int[_columns.Length];
        _requests = kind == LogKind.Access
            ? new RequestRows(_columns, [.. _features.Select(EventFeatureSet.VariesOfRequest)])
            : null;
        _mostHeld = holding == EventHolding.All ? int.MaxValue : mostHeld;
    }

    /// <summary>Kind of the events.</summary>
    public LogKind Kind { get; }

    /// <summary>Events so far.</summary>
    public int Count => _rowOf.Count;

    /// <summary>Whether so many events are held that <see cref="Sweep"/> is due.</summary>
    public bool IsFull => _held.Count >= _mostHeld;

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event, its template mined.</param>
    public void Add(LogEvent logEvent)
    {
        if (_requests?.TryTake(logEvent, _row) != true)
        {
            for (int column = 0; column < _columns.Length; column++)
            {
                _row[column] = _columns[column].Take(logEvent);
            }
        }

        int row = FindOrAdd();
        _rowOf.Add(row);
        if (++CollectionsMarshal.AsSpan(_counts)[row] <= _mostHeldOfRow)
        {
            _held.Add(new HeldEvent(logEvent, row));
        }
    }

    /// <summary>
    /// Whether events are held since a sweep that still keep the blocks of the file: see <see cref="LeaveBlocks"/>.
    /// </summary>
    public bool HoldsBlocks => Volatile.Read(ref _holdsBlocks);

    /// <summary>
    /// Lets half of the held events go: those without a rare value in any column. The others should leave their blocks
    /// soon.
    /// </summary>
    public void Sweep()
    {
        _requests?.Settle();
        float[] rarity = new float[_held.Count];
        for (int i = 0; i < rarity.Length; i++)
        {
            rarity[i] = _counts[_held[i].Row] > _mostHeldOfRow ? 0 : RarityOf(_held[i].Row);
        }

        float[] sorted = [.. rarity];
        Array.Sort(sorted);
        float least = MathF.Max(sorted[sorted.Length / 2], float.Epsilon);
        _spare.Clear();
        for (int i = 0; i < rarity.Length && _spare.Count < _mostHeld / 2; i++)
        {
            if (rarity[i] >= least)
            {
                _spare.Add(_held[i]);
            }
        }

        (_held, _spare) = (_spare, _held);
        _spare.Clear();
        Volatile.Write(ref _holdsBlocks, true);
    }

    /// <summary>
    /// Takes the held events out of the blocks of the file, so that these can go. Nobody may read an event at that
    /// moment, nor add one here.
    /// </summary>
    public void LeaveBlocks()
    {
        foreach (HeldEvent held in _held)
        {
            held.Event.LeaveBlock();
        }

        Volatile.Write(ref _holdsBlocks, false);
    }

    /// <summary>Ends the input.</summary>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The rows as numbers, with what is needed to explain them.</returns>
    public EventRowTable Build(CancellationToken cancellation)
    {
        _requests?.Settle();
        int columns = _columns.Length;
        float[] numbers = new float[checked(_counts.Count * columns)];
        for (int column = 0; column < columns; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            _columns[column].Resolve(Count);
            for (int row = 0; row < _counts.Count; row++)
            {
                numbers[(row * columns) + column] = _columns[column].NumberOf(_values[(row * columns) + column]);
            }
        }

        FeatureMatrix matrix = new([.. _features.Select(feature => feature.Name)], numbers);
        List<HeldEvent> held = [.. _held.Where(entry => _counts[entry.Row] <= _mostHeldOfRow)];
        return new EventRowTable(matrix, _columns, _values, _counts, _rowOf, held);
    }

    private int FindOrAdd()
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (int value in _row)
        {
            hash = (hash ^ (uint)value) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        int mask = _slots.Length - 1;
        ReadOnlySpan<int> values = CollectionsMarshal.AsSpan(_values);
        int slot = (int)hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int row = _slots[slot] - 1;
            if (values.Slice(row * _row.Length, _row.Length).SequenceEqual(_row))
            {
                return row;
            }
        }

        _slots[slot] = _counts.Count + 1;
        _values.AddRange(_row);
        _counts.Add(0);
        if (_counts.Count * 2 > _slots.Length)
        {
            Grow();
        }

        return _counts.Count - 1;
    }

    private void Grow()
    {
        int[] slots = new int[_slots.Length * 2];
        int mask = slots.Length - 1;
        for (int row = 0; row < _counts.Count; row++)
        {
            ulong hash = 0xCBF29CE484222325;
            for (int column = 0; column < _row.Length; column++)
            {
                hash = (hash ^ (uint)_values[(row * _row.Length) + column]) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
            }

            int slot = (int)hash & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = row + 1;
        }

        _slots = slots;
    }

    // The self-information of the rarest value.
    private float RarityOf(int row)
    {
        int least = int.MaxValue;
        for (int column = 0; column < _columns.Length; column++)
        {
            least = Math.Min(least, _columns[column].CountSoFar(_values[(row * _columns.Length) + column]));
        }

        return MathF.Max(0, MathF.Log2((float)Count / least));
    }

    /// <summary>An event and the row that it is an instance of.</summary>
    /// <param name="Event">The event.</param>
    /// <param name="Row">Index of its row.</param>
    internal readonly record struct HeldEvent(LogEvent Event, int Row);

    /// <summary>The bucket of a number, so that common numbers can be told from rare ones.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The bucket.</returns>
    internal static int BucketOf(float value) => (int)MathF.Round(value * Buckets);
}
