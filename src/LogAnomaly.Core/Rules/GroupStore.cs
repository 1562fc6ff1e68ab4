namespace LogAnomaly.Rules;

/// <summary>
/// The states of all groups of all correlations. They lie in large arrays that never move. Each correlation has a queue
/// of its states; from time to time its head is looked at, and what has passed goes. What has not goes to the end, but
/// only one for two that were added, as each look costs: so the states stay as many as the log's last hours need, and
/// at most twice as many again as live on.
/// </summary>
internal sealed class GroupStore
{
    private const int ChunkBits = 12;
    private const int ChunkLength = 1 << ChunkBits;
    private const int LeastLooks = 8;

    private readonly CompiledCorrelation[] _correlations;
    private readonly GroupTable[] _tables;
    private readonly int[] _tableOf;
    private readonly Queue[] _queues;
    private readonly int _maximum;
    private readonly List<GroupState[]> _chunks = [];
    private int _used;
    private int _free = -1;

    /// <summary>Creates a store.</summary>
    /// <param name="set">The rules.</param>
    /// <param name="maximum">Most states.</param>
    public GroupStore(RuleSet set, int maximum)
    {
        _correlations = set.Correlations;
        _maximum = maximum;
        _tables = new GroupTable[set.Paths.Length == 0 ? 0 : set.Paths.Max(path => path.Table) + 1];
        _tableOf = new int[_correlations.Length];
        _queues = new Queue[_correlations.Length];
        for (int table = 0; table < _tables.Length; table++)
        {
            _tables[table] = new GroupTable();
        }

        foreach (RuleFeed feed in set.Detections.Concat(set.Correlations).SelectMany(rule => rule.Feeds))
        {
            _tableOf[feed.Correlation.Index] = feed.Path.Table;
        }

        Array.Fill(_queues, new Queue { Head = -1, Tail = -1 });
    }

    /// <summary>Number of states.</summary>
    public int Count { get; private set; }

    /// <summary>Number of states that have an array of hits.</summary>
    public int WindowCount { get; set; }

    /// <summary>States that had to go before their time.</summary>
    public long Dropped { get; private set; }

    /// <summary>Number of keys of groups.</summary>
    public int KeyCount => _tables.Sum(table => table.Count);

    /// <summary>A table of keys.</summary>
    /// <param name="table">Its number.</param>
    /// <returns>The table.</returns>
    public GroupTable Table(int table) => _tables[table];

    /// <summary>The state of a group for a correlation; it is made where there is none.</summary>
    /// <param name="correlation">The correlation.</param>
    /// <param name="table">Number of the table of its keys.</param>
    /// <param name="entry">Number of the group's key.</param>
    /// <returns>The state.</returns>
    public ref GroupState GetOrAdd(CompiledCorrelation correlation, int table, int entry)
    {
        ref int first = ref _tables[table].FirstStateOf(entry);
        for (int index = first; index >= 0;)
        {
            ref GroupState known = ref StateAt(index);
            if (known.Correlation == correlation.Index)
            {
                known.IsTouched = true;
                return ref known;
            }

            index = known.NextOfEntry;
        }

        int added = Allocate();
        ref GroupState state = ref StateAt(added);
        state = new GroupState
        {
            Entry = entry,
            NextOfEntry = first,
            NextInQueue = -1,
            Correlation = (ushort)correlation.Index,
        };
        first = added;
        Enqueue(ref _queues[correlation.Index], added);
        _queues[correlation.Index].Added++;
        Count++;
        return ref state;
    }

    /// <summary>Lets states go that are out of reach.</summary>
    /// <param name="clock">The time of the log.</param>
    public void Sweep(RuleClock clock)
    {
        for (int correlation = 0; correlation < _queues.Length; correlation++)
        {
            ref Queue queue = ref _queues[correlation];
            int looks = LeastLooks + (queue.Added / 2);
            queue.Added = 0;
            long horizon = _correlations[correlation].Horizon;
            for (int most = queue.Count; most > 0 && looks > 0; most--)
            {
                int index = Dequeue(ref queue);
                if (IsPast(StateAt(index), clock, horizon))
                {
                    Release(index);
                }
                else
                {
                    looks--;
                    Enqueue(ref queue, index);
                }
            }
        }
    }

    /// <summary>Lets the states go that were hit the longest ago, where there are too many.</summary>
    public void Trim()
    {
        while (Count > _maximum)
        {
            int oldest = -1;
            long oldestPlace = long.MaxValue;
            for (int correlation = 0; correlation < _queues.Length; correlation++)
            {
                ref Queue queue = ref _queues[correlation];
                RotateTouched(ref queue);
                if (queue.Head >= 0 && LatestOf(StateAt(queue.Head)) is long place && place < oldestPlace)
                {
                    (oldest, oldestPlace) = (correlation, place);
                }
            }

            Release(Dequeue(ref _queues[oldest]));
            Dropped++;
        }
    }

    private static bool IsPast(in GroupState state, RuleClock clock, long horizon) =>
        state.Window is not { Count: > 0 } window
            ? !state.HasFirst || clock.IsPast(state.First, horizon)
            : clock.IsPast(window.Items[^1], horizon) && clock.IsPast(window.Items[0], horizon);

    private static long LatestOf(in GroupState state) =>
        state.Window is { Count: > 0 } window ? window.Items[^1].LinePlace : state.First.LinePlace;

    // What was hit since it was last looked at gets another round.
    private void RotateTouched(ref Queue queue)
    {
        while (queue.Head >= 0 && StateAt(queue.Head).IsTouched)
        {
            int index = Dequeue(ref queue);
            StateAt(index).IsTouched = false;
            Enqueue(ref queue, index);
        }
    }

    private int Allocate()
    {
        int index = _free;
        if (index >= 0)
        {
            _free = StateAt(index).NextInQueue;
            return index;
        }

        index = _used++;
        if (index >> ChunkBits == _chunks.Count)
        {
            _chunks.Add(new GroupState[ChunkLength]);
        }

        return index;
    }

    private void Release(int index)
    {
        ref GroupState state = ref StateAt(index);
        GroupTable table = _tables[_tableOf[state.Correlation]];
        ref int first = ref table.FirstStateOf(state.Entry);
        ref int link = ref first;
        while (link != index)
        {
            link = ref StateAt(link).NextOfEntry;
        }

        link = state.NextOfEntry;
        if (first < 0)
        {
            table.Remove(state.Entry);
        }

        WindowCount -= state.Window is null ? 0 : 1;
        state = new GroupState { NextInQueue = _free };
        _free = index;
        Count--;
    }

    private void Enqueue(ref Queue queue, int index)
    {
        StateAt(index).NextInQueue = -1;
        if (queue.Head < 0)
        {
            queue.Head = index;
        }
        else
        {
            StateAt(queue.Tail).NextInQueue = index;
        }

        queue.Tail = index;
        queue.Count++;
    }

    private int Dequeue(ref Queue queue)
    {
        int index = queue.Head;
        queue.Head = StateAt(index).NextInQueue;
        queue.Count--;
        return index;
    }

    private ref GroupState StateAt(int index) => ref _chunks[index >> ChunkBits][index & (ChunkLength - 1)];

    private struct Queue
    {
        public int Head;
        public int Tail;
        public int Count;
        public int Added;
    }
}
