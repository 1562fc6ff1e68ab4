namespace LogAnomaly.Parsing;

/// <summary>
/// The last stamp that was read and its time: on a busy server most lines carry the second of the line before. Only stamps that
/// name their zone belong here, so that a change of the clock cannot make the kept time wrong.
/// </summary>
internal sealed class StampCache
{
    /// <summary>Bytes of a stamp that can be kept: <c>dd/Mmm/yyyy:hh:mm:ss +hhmm</c>.</summary>
    public const int StampLength = 26;

    private readonly byte[] _stamp = new byte[StampLength];
    private DateTimeOffset _time;

    /// <summary>The time of a stamp if it is the one that was kept last.</summary>
    /// <param name="stamp">The stamp, <see cref="StampLength"/> bytes.</param>
    /// <param name="time">Its time.</param>
    /// <returns>Whether it is.</returns>
    public bool TryGet(ReadOnlySpan<byte> stamp, out DateTimeOffset time)
    {
        time = _time;
        return stamp.SequenceEqual(_stamp);
    }

    /// <summary>Keeps a stamp in place of the one before.</summary>
    /// <param name="stamp">The stamp, <see cref="StampLength"/> bytes.</param>
    /// <param name="time">Its time.</param>
    public void Keep(ReadOnlySpan<byte> stamp, DateTimeOffset time)
    {
        stamp.CopyTo(_stamp);
        _time = time;
    }
}
