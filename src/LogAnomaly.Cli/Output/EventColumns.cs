namespace LogAnomaly.Cli.Output;

/// <summary>The order in which the fields of events are printed.</summary>
internal static class EventColumns
{
    /// <summary>The fields before those of the kind.</summary>
    public static IReadOnlyList<LogField> First { get; } =
    [
        LogField.Timestamp, LogField.HostName, LogField.Program, LogField.ProcessId, LogField.Level, LogField.Message,
    ];

    /// <summary>The fields after those of the kind.</summary>
    public static IReadOnlyList<LogField> Last { get; } =
        [LogField.Kind, LogField.Path, LogField.LineNumber, LogField.Raw, LogField.Label];

    /// <summary>The fields of the template, where it was asked for.</summary>
    public static IReadOnlyList<LogField> Templates { get; } = [LogField.TemplateId, LogField.Template];

    /// <summary>All fields of all kinds: columns that are the same whatever the input holds.</summary>
    /// <param name="withTemplates">Whether the fields of the template are wanted.</param>
    /// <returns>The fields in their order.</returns>
    public static IReadOnlyList<LogField> All(bool withTemplates)
    {
        IEnumerable<LogField> ofKinds = Enum.GetValues<LogField>().Except(First).Except(Last).Except(Templates);
        return [.. First, .. ofKinds, .. Last, .. withTemplates ? Templates : []];
    }
}
