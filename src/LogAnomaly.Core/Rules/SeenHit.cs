namespace LogAnomaly.Rules;

/// <summary>
/// A hit as the windows of correlations keep it: when, which line, and where the text of the line is held. It does not
/// hold the event, whose line would hold a whole block of the reader.
/// </summary>
/// <param name="Ticks">UTC ticks of the event.</param>
/// <param name="Line">Number of the line in the lower 40 bits, number of its source above.</param>
/// <param name="Place">Place in the <see cref="LineArena"/> in the upper 50 bits, minutes from UTC (biased) in 12,
/// flags in 2.</param>
/// <param name="Load">What the correlation counts; see <see cref="CompiledCorrelation"/>.</param>
internal readonly record struct SeenHit(long Ticks, ulong Line, ulong Place, ulong Load)
{
    /// <summary>Bits of the number of a line.</summary>
    public const int LineBits = 40;

    private const ulong TakenFlag = 1;
    private const ulong BarrierFlag = 2;
    private const int OffsetShift = 2;
    private const int PlaceShift = 14;
    private const ulong OffsetMask = 0xFFF;
    private const int OffsetBias = 2048;

    /// <summary>Whether a finding has counted the hit already.</summary>
    public bool IsTaken => (Place & TakenFlag) != 0;

    /// <summary>Whether the hit is of a rule that must not have hit.</summary>
    public bool IsBarrier => (Place & BarrierFlag) != 0;

    /// <summary>Place of its line in the arena; no two events share one, and a later event has a higher one.</summary>
    public long LinePlace => (long)(Place >> PlaceShift);

    /// <summary>Minutes from UTC of the time as the log has it.</summary>
    public int OffsetMinutes => (int)((Place >> OffsetShift) & OffsetMask) - OffsetBias;

    /// <summary>Number of the line, from 1.</summary>
    public long LineNumber => (long)(Line & ((1UL << LineBits) - 1));

    /// <summary>Number that the engine gave the source of the line.</summary>
    public int Source => (int)(Line >> LineBits);

    /// <summary>Makes a hit.</summary>
    /// <param name="ticks">UTC ticks.</param>
    /// <param name="offsetMinutes">Minutes from UTC.</param>
    /// <param name="source">Number of the source.</param>
    /// <param name="lineNumber">Number of the line.</param>
    /// <param name="place">Place in the arena.</param>
    /// <param name="weight">How often the line stands for the event.</param>
    /// <returns>The hit.</returns>
    public static SeenHit Of(long ticks, int offsetMinutes, int source, long lineNumber, long place, int weight) => new(
        ticks,
        ((ulong)source << LineBits) | (ulong)lineNumber,
        ((ulong)place << PlaceShift) | ((ulong)(offsetMinutes + OffsetBias) << OffsetShift),
        (uint)weight);

    /// <summary>The hit once a finding has counted it.</summary>
    /// <returns>The hit.</returns>
    public SeenHit Taken() => this with { Place = Place | TakenFlag };

    /// <summary>The hit as one that must not have been; it is never counted.</summary>
    /// <returns>The hit.</returns>
    public SeenHit Barrier() => this with { Place = Place | BarrierFlag | TakenFlag, Load = 0 };

    /// <summary>The hit as another correlation takes it.</summary>
    /// <param name="load">What that one counts.</param>
    /// <returns>The hit, not yet counted.</returns>
    public SeenHit With(ulong load) => this with { Place = Place & ~(TakenFlag | BarrierFlag), Load = load };
}
