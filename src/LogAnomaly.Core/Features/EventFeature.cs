namespace LogAnomaly.Features;

/// <summary>
/// One feature of an event. A categorical one takes a text; its number is the text's self-information -log2(share) in
/// bits among all events of its kind: 0 for what is always so, 10 for what is so once in 1,024 events. A numeric one is
/// a number by itself.
/// </summary>
internal sealed class EventFeature
{
    private EventFeature(string name, Func<LogEvent, string?>? category, Func<LogEvent, float>? number)
    {
        Name = name;
        Category = category;
        Number = number;
    }

    /// <summary>Name of the feature: that of the field where it is one.</summary>
    public string Name { get; }

    /// <summary>The text of a categorical feature, or null for a numeric one.</summary>
    public Func<LogEvent, string?>? Category { get; }

    /// <summary>The value of a numeric feature, or null for a categorical one.</summary>
    public Func<LogEvent, float>? Number { get; }

    /// <summary>Makes a categorical feature.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="category">Its text; null counts as a value of its own.</param>
    /// <returns>The feature.</returns>
    public static EventFeature Categorical(string name, Func<LogEvent, string?> category) => new(name, category, null);

    /// <summary>Makes a numeric feature.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its value.</param>
    /// <returns>The feature.</returns>
    public static EventFeature Numeric(string name, Func<LogEvent, float> number) => new(name, null, number);
}
