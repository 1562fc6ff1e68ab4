namespace LogAnomaly.Parsing;

/// <summary>Messages that are known by how they begin, found by their first byte and then one by one.</summary>
internal sealed class MessageTable
{
    private readonly MessageRule[]?[] _byFirst = new MessageRule[]?[128];

    /// <summary>Creates a table.</summary>
    /// <param name="rules">The messages; of two that begin alike the longer one wins.</param>
    public MessageTable(params MessageRule[] rules)
    {
        foreach (IGrouping<char, MessageRule> group in rules.GroupBy(rule => rule.Prefix[0]))
        {
            _byFirst[group.Key] = [.. group.OrderByDescending(rule => rule.Prefix.Length)];
        }
    }

    /// <summary>Finds the message that a text begins with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rest">What follows the beginning.</param>
    /// <returns>The message, or null.</returns>
    public MessageRule? Find(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        rest = text;
        if (text.IsEmpty || text[0] >= 128 || _byFirst[text[0]] is not { } rules)
        {
            return null;
        }

        foreach (MessageRule rule in rules)
        {
            if (text.StartsWith(rule.Bytes))
            {
                rest = text[rule.Bytes.Length..];
                return rule;
            }
        }

        return null;
    }

    /// <summary>Finds the message and sets what it says.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it was found.</returns>
    public bool TryClassify(in SystemMessage message)
    {
        if (Find(message.Text, out ReadOnlySpan<byte> rest) is not { } rule)
        {
            return false;
        }

        message.Set(rule.Category, rule.Action, rule.Outcome);
        rule.Take(message, rest);
        return true;
    }
}
