namespace LogAnomaly.Rules;

/// <summary>The rules that want a field to have one of some values, by the value.</summary>
internal sealed class KeyTable
{
    private readonly Dictionary<string, int[]> _byText;
    private readonly Dictionary<double, int[]> _byNumber;

    /// <summary>Creates a table.</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">Each value with the index of a rule that wants it.</param>
    public KeyTable(RuleField field, IEnumerable<(string Value, int Rule)> values)
    {
        Field = field;
        (string Value, int Rule)[] all = [.. values];
        _byText = all.GroupBy(entry => entry.Value, StringComparer.OrdinalIgnoreCase).ToDictionary(
            group => group.Key,
            group => group.Select(entry => entry.Rule).Distinct().ToArray(),
            StringComparer.OrdinalIgnoreCase);
        _byNumber = all.Where(entry => ValueTest.TryReadNumber(entry.Value, out _))
            .GroupBy(entry => NumberOf(entry.Value))
            .ToDictionary(group => group.Key, group => group.Select(entry => entry.Rule).Distinct().ToArray());
        Rules = [.. all.Select(entry => entry.Rule).Distinct()];
    }

    /// <summary>The field.</summary>
    public RuleField Field { get; }

    /// <summary>All rules of the table.</summary>
    public int[] Rules { get; }

    /// <summary>The rules that want a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The rules; mostly none.</returns>
    public int[] Find(string text) => _byText.TryGetValue(text, out int[]? rules) ? rules : [];

    /// <summary>The rules that want a number.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The rules; mostly none.</returns>
    public int[] Find(double number) => _byNumber.TryGetValue(number, out int[]? rules) ? rules : [];

    private static double NumberOf(string text) => ValueTest.TryReadNumber(text, out double number) ? number : 0;
}
