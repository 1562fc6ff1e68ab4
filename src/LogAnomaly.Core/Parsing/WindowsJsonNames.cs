using System.Collections.Frozen;

namespace LogAnomaly.Parsing;

/// <summary>The names that writers of JSON give to the header of a Windows record.</summary>
internal static class WindowsJsonNames
{
    private static readonly (WindowsSlot Slot, string Names)[] s_rows =
    [
        (WindowsSlot.EventId,
            "winlog.event_id|Event.System.EventID|Event.System.EventID.#text|win.system.eventID|"
                + "data.win.system.eventID|event_id|Id|EventID"),
        (WindowsSlot.Provider,
            "winlog.provider_name|Event.System.Provider.#attributes.Name|Event.System.Provider.@Name|"
                + "Event.System.Provider_attributes.Name|Event.System.Provider.Name|win.system.providerName|"
                + "data.win.system.providerName|source_name|provider_name|ProviderName|SourceName|Provider_Name|"
                + "EventSourceName|Provider"),
        (WindowsSlot.Channel,
            "winlog.channel|Event.System.Channel|win.system.channel|data.win.system.channel|log_name|LogName|Channel"),
        (WindowsSlot.Computer, "winlog.computer_name|Event.System.Computer|win.system.computer|"
            + "data.win.system.computer|computer_name|MachineName|Hostname|Computer"),
        (WindowsSlot.Level,
            "Event.System.Level|win.system.level|data.win.system.level|Level|LevelDisplayName|log.level|level|Severity|"
                + "EventLevelName"),
        (WindowsSlot.RecordId,
            "winlog.record_id|Event.System.EventRecordID|win.system.eventRecordID|data.win.system.eventRecordID|"
                + "record_number|record_id|RecordId|RecordNumber|EventRecordID|EventRecordId"),
        (WindowsSlot.ProcessId,
            "winlog.process.pid|Event.System.Execution.#attributes.ProcessID|Event.System.Execution.@ProcessID|"
                + "Event.System.Execution_attributes.ProcessID|win.system.processID|data.win.system.processID|"
                + "process_id|ExecutionProcessID|ProcessID|Execution_ProcessID"),
        (WindowsSlot.ThreadId,
            "winlog.process.thread.id|Event.System.Execution.#attributes.ThreadID|Event.System.Execution.@ThreadID|"
                + "Event.System.Execution_attributes.ThreadID|win.system.threadID|data.win.system.threadID|thread_id|"
                + "ExecutionThreadID|ThreadID|Execution_ThreadID"),
        (WindowsSlot.Time,
            "Event.System.TimeCreated.#attributes.SystemTime|Event.System.TimeCreated.@SystemTime|"
                + "Event.System.TimeCreated_attributes.SystemTime|win.system.systemTime|data.win.system.systemTime|"
                + "TimeCreated|EventTime|@timestamp|TimeGenerated|UtcTimeCreated|TimeCreated.value"),
        (WindowsSlot.Keywords, "winlog.keywords|Event.System.Keywords|win.system.keywords|data.win.system.keywords|"
            + "keywords|Keywords|KeywordsDisplayNames"),
        (WindowsSlot.Message, "message|Message|win.system.message|data.win.system.message|Event.RenderingInfo.Message"),
    ];

    private static readonly FrozenDictionary<string, WindowsSlot> s_byName = s_rows
        .SelectMany(row => row.Names.Split('|').Select(name => KeyValuePair.Create(name, row.Slot)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The part of the header that a name stands for.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The part, or null where the name is none of the header.</returns>
    public static WindowsSlot? Find(string name) => s_byName.TryGetValue(name, out WindowsSlot slot) ? slot : null;
}
