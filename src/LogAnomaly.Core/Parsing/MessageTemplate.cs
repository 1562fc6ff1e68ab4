using System.Buffers;

namespace LogAnomaly.Parsing;

/// <summary>
/// Fills in the message templates (messagetemplates.org) of Serilog and its kin: <c>User {Name} from {@Address:l}</c>.
/// What has no value stays as it stands; <c>{{</c> and <c>}}</c> are braces.
/// </summary>
internal static class MessageTemplate
{
    private const int LongestMessage = 64 * 1024;

    /// <summary>Whether the value under a name is a template.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsTemplate(string name) =>
        name.Equals("@mt", StringComparison.Ordinal)
            || name.Equals("MessageTemplate", StringComparison.OrdinalIgnoreCase);

    /// <summary>Fills a template in.</summary>
    /// <param name="template">The template.</param>
    /// <param name="fields">The values of the line.</param>
    /// <returns>The message; of a template that grows beyond 64 KiB only the start is filled in.</returns>
    public static byte[] Render(ReadOnlySpan<byte> template, RecordFields fields)
    {
        ArrayBufferWriter<byte> message = new(template.Length * 2);
        while (!template.IsEmpty)
        {
            int brace = template.IndexOfAny((byte)'{', (byte)'}');
            if (brace < 0 || message.WrittenCount > LongestMessage)
            {
                message.Write(template);
                break;
            }

            message.Write(template[..brace]);
            template = template[brace..];
            if (template.Length > 1 && template[1] == template[0])
            {
                message.Write(template[..1]);
                template = template[2..];
                continue;
            }

            int end = template[0] == '{' ? template.IndexOf((byte)'}') : 0;
            int taken = Math.Max(end, 0) + 1;
            int value = end > 1 ? IndexOf(template[1..end], fields) : -1;
            message.Write(value < 0 ? template[..taken] : fields.Value(value));
            template = template[taken..];
        }

        return message.WrittenSpan.ToArray();
    }

    // "@Name,-10:format" is the value Name, at the root or among the properties.
    private static int IndexOf(ReadOnlySpan<byte> hole, RecordFields fields)
    {
        hole = hole.TrimStart("@$"u8);
        int end = hole.IndexOfAny((byte)',', (byte)':');
        hole = end < 0 ? hole : hole[..end];
        if (hole.IsEmpty || hole.Length > RecordFields.LongestName)
        {
            return -1;
        }

        string name = System.Text.Encoding.UTF8.GetString(hole);
        int index = fields.IndexOf(name);
        index = index >= 0 ? index : fields.IndexOf("Properties." + name);
        return index >= 0 ? index : fields.IndexOf("State." + name);
    }
}
