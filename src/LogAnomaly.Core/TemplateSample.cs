namespace LogAnomaly;

/// <summary>
/// Messages of one template, as they were: the first ones, and later ones ever more seldom, so that few tell of many.
/// </summary>
internal sealed class TemplateSample
{
    private const int MostMessages = 256;
    private const int MostExamples = 3;
    private const int FirstEvents = 16;
    private const int Growth = 8;

    private long _next = 1;

    /// <summary>The messages without their headers.</summary>
    public List<byte[]> Messages { get; } = [];

    /// <summary>The first lines, no two of them the same.</summary>
    public List<string> Examples { get; } = [];

    /// <summary>Whether it is the turn of an event.</summary>
    /// <param name="count">How many events came, with this one.</param>
    /// <returns>Whether its message is kept.</returns>
    public bool Wants(long count) => count >= _next && Messages.Count < MostMessages;

    /// <summary>Takes an event, where it is its turn.</summary>
    /// <param name="count">How many events came, with this one.</param>
    /// <param name="logEvent">The event.</param>
    /// <param name="message">Its message.</param>
    public void Take(long count, LogEvent logEvent, ReadOnlySpan<byte> message)
    {
        if (!Wants(count))
        {
            return;
        }

        _next = count < FirstEvents ? count + 1 : count + (count / Growth);
        Messages.Add(message.ToArray());
        if (Examples.Count < MostExamples)
        {
            AddExample(logEvent.Raw);
        }
    }

    /// <summary>Takes the messages of a narrower template in, as far as there is room.</summary>
    /// <param name="other">Its sample.</param>
    public void Include(TemplateSample other)
    {
        Messages.AddRange(other.Messages.Take(MostMessages - Messages.Count));
        foreach (string example in other.Examples)
        {
            if (Examples.Count < MostExamples)
            {
                AddExample(example);
            }
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Messages.Clear();
        Examples.Clear();
        _next = 1;
    }

    private void AddExample(string line)
    {
        if (!Examples.Contains(line))
        {
            Examples.Add(line);
        }
    }
}
