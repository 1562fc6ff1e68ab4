using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// Recognises the values of a JSON line as those of a Windows record, by the names that their writers use.
/// </summary>
internal static class WindowsJson
{
    private static readonly WindowsJsonDialect[] s_dialects =
    [
        new("winlog.event_id", ["winlog.channel"], ["winlog.event_data.", "winlog.user_data."], false),
        new("Event.System.EventID", ["Event.System.Computer"], ["Event.EventData.", "Event.UserData."], false),
        new("Event.System.EventID.#text", ["Event.System.Computer"], ["Event.EventData.", "Event.UserData."], false),
        new("win.system.eventID", ["win.system.channel"], ["win.eventdata."], true),
        new("data.win.system.eventID", ["data.win.system.channel"], ["data.win.eventdata."], true),
        new("event_id", ["log_name", "computer_name"], ["event_data.", "user_data."], false),
        new("Id", ["ProviderName", "LogName", "MachineName"], [], false),
        new("EventID", ["Channel", "Hostname"], [""], false),
        new("EventID", ["Channel", "Computer"], ["EventData.", "UserData.", ""], false),
        new("EventID", ["Provider_Name", "Computer"], [""], false),
    ];

    /// <summary>Reads the values of a line as a record.</summary>
    /// <param name="fields">The values.</param>
    /// <param name="context">Clock and pools.</param>
    /// <returns>What the record says, or null where the values are not those of one.</returns>
    public static WindowsParts? TryRead(RecordFields fields, ParseContext context)
    {
        foreach (WindowsJsonDialect dialect in s_dialects)
        {
            int id = fields.IndexOf(dialect.IdName);
            if (id >= 0 && FieldScanner.ToInt32(fields.Value(id)) is { } number and <= 65535
                && Has(fields, dialect.Needed))
            {
                WindowsParts parts = new() { EventId = number };
                for (int i = 0; i < fields.Count; i++)
                {
                    Take(parts, dialect, fields, i, context);
                }

                return parts;
            }
        }

        return null;
    }

    private static bool Has(RecordFields fields, string[] names)
    {
        foreach (string name in names)
        {
            if (fields.IndexOf(name) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Take(
        WindowsParts parts, WindowsJsonDialect dialect, RecordFields fields, int index, ParseContext context)
    {
        string name = fields.Name(index);
        RecordValueType type = fields.TypeOf(index);
        string? value = type == RecordValueType.None ? null : Encoding.UTF8.GetString(fields.Value(index));
        // Get-WinEvent names the process that wrote the record as others name one of its values.
        bool isObject = dialect.IdName == "Id";
        WindowsSlot? found = isObject && name == "ProcessId" ? WindowsSlot.ProcessId
            : isObject && name == "ThreadId" ? WindowsSlot.ThreadId
            : WindowsJsonNames.Find(name);
        if (found is { } slot)
        {
            Set(parts, slot, value, context);
            return;
        }

        if (name is "Properties" && type == RecordValueType.Array)
        {
            AddUnnamed(parts, fields.Value(index));
            return;
        }

        foreach (string prefix in dialect.DataPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                AddData(parts, dialect, name[prefix.Length..], value, type, fields.Value(index));
                return;
            }
        }

        if (value is not null)
        {
            parts.System.Add(new(name, value));
        }
    }

    private static void AddData(
        WindowsParts parts,
        WindowsJsonDialect dialect,
        string name,
        string? value,
        RecordValueType type,
        ReadOnlySpan<byte> bytes)
    {
        if (name is "Data" or "Data.#text" && type == RecordValueType.Array)
        {
            AddUnnamed(parts, bytes);
            return;
        }

        if (name is "Data" or "Data.#text")
        {
            parts.Unnamed.Add(value);
            return;
        }

        // Values of UserData stand in an element of their own.
        int dot = name.LastIndexOf('.');
        name = dot > 0 && !name.StartsWith('#') ? name[(dot + 1)..] : name;
        if (dialect.IsWazuh && name.Length > 0)
        {
            name = char.ToUpperInvariant(name[0]) + name[1..];
            value = value?.Replace("\\\\", "\\", StringComparison.Ordinal);
        }

        if (!name.StartsWith('#') && name != "xmlns" && name != "Name")
        {
            parts.Data.Add(new(name, value));
        }
    }

    // ["a", "b"], [{"Value":"a"}] as ConvertTo-Json writes an array of properties, or [{"@Name":"a","#text":"b"}].
    private static void AddUnnamed(WindowsParts parts, ReadOnlySpan<byte> array)
    {
        // What is no UTF-8 is no text for a document either.
        byte[] json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(array));
        try
        {
            AddElements(parts, json);
        }
        catch (InvalidOperationException)
        {
            // A name with half of a surrogate pair: the array stays whole.
            parts.Unnamed.Add(Encoding.UTF8.GetString(json));
        }
    }

    private static void AddElements(WindowsParts parts, byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("#text", out JsonElement text)
                && element.TryGetProperty("@Name", out JsonElement name) && name.ValueKind == JsonValueKind.String)
            {
                parts.Data.Add(new(JsonText(name), TextOf(text)));
                continue;
            }

            bool isWrapped = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("Value", out _);
            parts.Unnamed.Add(TextOf(isWrapped ? element.GetProperty("Value") : element));
        }
    }

    private static string? TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => JsonText(element),
        JsonValueKind.Object when element.TryGetProperty("Value", out JsonElement inner) => TextOf(inner),
        _ => element.GetRawText(),
    };

    // A lone surrogate is no text, and GetString throws for it.
    private static string JsonText(JsonElement element)
    {
        byte[] raw = Encoding.UTF8.GetBytes(element.GetRawText());
        byte[] decoded = new byte[raw.Length];
        return Encoding.UTF8.GetString(decoded, 0, JsonEscapes.Decode(raw.AsSpan(1, raw.Length - 2), decoded));
    }

    private static void Set(WindowsParts parts, WindowsSlot slot, string? value, ParseContext context)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(value);
        switch (slot)
        {
            case WindowsSlot.EventId:
                parts.System.Add(new("EventID", value));
                break;
            case WindowsSlot.Provider:
                parts.Provider ??= value;
                parts.System.Add(new("Provider_Name", value));
                break;
            case WindowsSlot.Channel:
                parts.Channel ??= value;
                parts.System.Add(new("Channel", value));
                break;
            case WindowsSlot.Computer:
                parts.Computer ??= value;
                parts.System.Add(new("Computer", value));
                break;
            case WindowsSlot.Level:
                parts.Level ??= value;
                break;
            case WindowsSlot.RecordId:
                parts.RecordId = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                    ? number
                    : null;
                parts.System.Add(new("EventRecordID", value));
                break;
            case WindowsSlot.ProcessId:
                parts.ProcessId = FieldScanner.ToInt32(bytes);
                break;
            case WindowsSlot.ThreadId:
                parts.ThreadId = FieldScanner.ToInt32(bytes);
                break;
            case WindowsSlot.Time:
                parts.Time ??= TimestampText.TryRead(bytes, context.Clock, out DateTimeOffset time) ? time : null;
                break;
            case WindowsSlot.Keywords:
                parts.SetKeywords(value);
                parts.System.Add(new("Keywords", value));
                break;
            case WindowsSlot.Message:
                parts.Message ??= value.Trim('"');
                break;
            default:
                break;
        }
    }
}
