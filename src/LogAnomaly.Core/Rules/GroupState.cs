namespace LogAnomaly.Rules;

/// <summary>
/// What a correlation knows of a group. Most groups never have a second hit, so the first needs no array.
/// </summary>
internal struct GroupState
{
    /// <summary>The only hit, while <see cref="Window"/> is null.</summary>
    public SeenHit First;

    /// <summary>The hits once there was a second, or null.</summary>
    public HitWindow? Window;

    /// <summary>Number of the group's key.</summary>
    public int Entry;

    /// <summary>Next state of the same group, or -1.</summary>
    public int NextOfEntry;

    /// <summary>Next state of the same correlation in the order of looking for what has passed, or -1.</summary>
    public int NextInQueue;

    /// <summary>Number of the correlation.</summary>
    public ushort Correlation;

    /// <summary>Whether it was hit since it was last looked at.</summary>
    public bool IsTouched;

    /// <summary>Whether <see cref="First"/> is a hit.</summary>
    public bool HasFirst;
}
