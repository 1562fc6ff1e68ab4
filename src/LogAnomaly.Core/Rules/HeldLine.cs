namespace LogAnomaly.Rules;

/// <summary>A line that the arena holds, as UTF-8.</summary>
internal readonly ref struct HeldLine
{
    /// <summary>Creates a held line.</summary>
    /// <param name="user">User of its event; empty for none.</param>
    /// <param name="source">Source of its event; empty for none.</param>
    /// <param name="text">Its text.</param>
    public HeldLine(ReadOnlySpan<byte> user, ReadOnlySpan<byte> source, ReadOnlySpan<byte> text)
    {
        User = user;
        Source = source;
        Text = text;
    }

    /// <summary>User of its event; empty for none.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>Source of its event; empty for none.</summary>
    public ReadOnlySpan<byte> Source { get; }

    /// <summary>Its text.</summary>
    public ReadOnlySpan<byte> Text { get; }
}
