namespace LogAnomaly.Parsing;

/// <summary>
/// Reads what the firewall Coraza writes into the JSON log of Caddy: client and rule stand in the text of the message,
/// in the form of ModSecurity; the level of the record says how grave the rule is.
/// </summary>
internal static class CorazaRecord
{
    private static readonly string[] s_names = ["msg", "message"];

    /// <summary>Adds what the message says as fields in ECS's names, if the record is one of Coraza.</summary>
    /// <param name="fields">The fields of the record.</param>
    public static void Complete(RecordFields fields)
    {
        foreach (string name in s_names)
        {
            int index = fields.IndexOf(name);
            if (index < 0)
            {
                continue;
            }

            // The text ends with a line feed, which would hide the fields at its end.
            ReadOnlySpan<byte> text = fields.Value(index).TrimEnd((byte)'\n');
            if (text.StartsWith("[client "u8) && ModSecurityMessage.TryRead(text, out ModSecurityMessage message))
            {
                Add(fields, message);
            }

            return;
        }
    }

    private static void Add(RecordFields fields, in ModSecurityMessage message)
    {
        if (ClientText.TryReadOne(message.Client, out ReadOnlySpan<byte> address, out _))
        {
            fields.Add("source.ip", RecordValueType.Text, address);
        }

        fields.Add("event.category", RecordValueType.Text, "intrusion_detection"u8);
        fields.Add("event.action", RecordValueType.Text, message.IsDenied ? "request_blocked"u8 : "rule_matched"u8);
        fields.Add("event.outcome", RecordValueType.Text, message.IsDenied ? "failure"u8 : "unknown"u8);
        AddText(fields, "rule.id", message.RuleId);
        AddText(fields, "url.path", message.Uri);
    }

    private static void AddText(RecordFields fields, string name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            fields.Add(name, RecordValueType.Text, value);
        }
    }
}
