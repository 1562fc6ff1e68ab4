using System.Buffers;

namespace LogAnomaly.Parsing;

/// <summary>
/// Labeled tab-separated values:
/// <code>
/// line  = field 1*( TAB field )
/// field = 1*( ALPHA / DIGIT / "_" / "." / "-" ) ":" *value-byte
/// </code>
/// The label <c>req</c> holds a request line; <c>host</c> beside it is the client.
/// </summary>
internal sealed class LtsvSyntax : RecordSyntax
{
    private static readonly SearchValues<byte> s_labelBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"u8);

    /// <summary>The one that is needed.</summary>
    public static LtsvSyntax Instance { get; } = new();

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line, RecordFields fields)
    {
        bool hasRequest = line.StartsWith("req:"u8) || line.IndexOf("\treq:"u8) >= 0;
        int at = 0;
        int count = 0;
        while (at < line.Length)
        {
            int length = line[at..].IndexOf((byte)'\t');
            length = length < 0 ? line.Length - at : length;
            ReadOnlySpan<byte> field = line.Slice(at, length);
            int colon = field.IndexOf((byte)':');
            if (length > 0
                && (colon is <= 0 or > RecordFields.LongestName || field[..colon].ContainsAnyExcept(s_labelBytes)))
            {
                return false;
            }

            if (length > 0)
            {
                count++;
                Add(field[..colon], field[(colon + 1)..], at + colon + 1, hasRequest, fields);
            }

            at += length + 1;
        }

        return count > 1;
    }

    private static void Add(
        ReadOnlySpan<byte> label, ReadOnlySpan<byte> value, int start, bool hasRequest, RecordFields fields)
    {
        bool isClient = hasRequest && label.SequenceEqual("host"u8);
        RecordValueType type = FieldConversion.IsNothing(value) ? RecordValueType.None : RecordValueType.Text;
        fields.Add(isClient ? "client_ip"u8 : label, type, value, start);
        if (label.SequenceEqual("req"u8)
            && RequestParts.TrySplit(value, out Range method, out Range url, out Range version))
        {
            fields.Add("request_method", RecordValueType.Text, value[method]);
            fields.Add("request_uri", RecordValueType.Text, value[url]);
            fields.Add("http_version", RecordValueType.Text, value[version]);
        }
    }
}
