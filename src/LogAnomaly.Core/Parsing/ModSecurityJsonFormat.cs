using System.Text;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>The audit log of ModSecurity as JSON, an object a line: that of version 2 and that of version 3.</summary>
public sealed class ModSecurityJsonFormat : LogFormat
{
    // Paths from the root, of version 3 and of version 2.
    private static readonly (AccessField Field, string Path)[] s_fields =
    [
        (AccessField.Time, "transaction.time_stamp"), (AccessField.Time, "transaction.time"),
        (AccessField.Client, "transaction.client_ip"), (AccessField.Client, "transaction.remote_address"),
        (AccessField.ClientPort, "transaction.client_port"), (AccessField.ClientPort, "transaction.remote_port"),
        (AccessField.ServerAddress, "transaction.host_ip"), (AccessField.ServerAddress, "transaction.local_address"),
        (AccessField.ServerPort, "transaction.host_port"), (AccessField.ServerPort, "transaction.local_port"),
        (AccessField.RequestId, "transaction.unique_id"), (AccessField.RequestId, "transaction.transaction_id"),
        (AccessField.Request, "request.request_line"), (AccessField.Method, "transaction.request.method"),
        (AccessField.Url, "transaction.request.uri"), (AccessField.Protocol, "transaction.request.http_version"),
        (AccessField.VirtualHost, "transaction.request.hostname"),
        (AccessField.Status, "transaction.response.http_code"), (AccessField.Status, "response.status"),
    ];

    /// <inheritdoc/>
    public override string Name => "modsecurity-json";

    /// <inheritdoc/>
    public override string Description => "ModSecurity audit log (JSON)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.Length < 20 || text[0] != '{' || text.IndexOf("\"transaction\""u8) < 0)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line.Buffer.AsMemory(line.Start, line.Length));
            return Make(document.RootElement, line, context);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The line is no JSON, or a text in it is no UTF-8: it is not of this format.
            return null;
        }
    }

    private static AccessEvent? Make(JsonElement root, in LogLine line, ParseContext context)
    {
        AccessBuilder builder = new(line, context);
        ModSecurityRecord record = new(builder, context.Pool);
        bool hasClient = false;
        foreach ((AccessField field, string path) in s_fields)
        {
            if (Find(root, path) is { } value && TextOf(value) is { Length: > 0 } text)
            {
                // The second of two paths to one field is that of another version.
                hasClient |= field == AccessField.Client;
                if (!builder.Set(field, path, Encoding.UTF8.GetBytes(text)))
                {
                    return null;
                }
            }
        }

        TakeHeaders(Find(root, "transaction.request.headers") ?? Find(root, "request.headers"), builder);
        TakeRules(root, record, context.Pool);
        return hasClient ? record.Complete() : null;
    }

    private static void TakeHeaders(JsonElement? headers, AccessBuilder builder)
    {
        if (headers is not { ValueKind: JsonValueKind.Object } all)
        {
            return;
        }

        foreach (JsonProperty header in all.EnumerateObject())
        {
            FormatDirective known = ApacheDirectives.RequestHeader(header.Name);
            if (known.Field != AccessField.Property && TextOf(header.Value) is { } text)
            {
                _ = builder.Set(known.Field, known.Name, Encoding.UTF8.GetBytes(text));
            }
        }
    }

    private static void TakeRules(JsonElement root, ModSecurityRecord record, StringPool pool)
    {
        bool isIntercepted = (Find(root, "audit_data.action.intercepted") ?? Find(root, "transaction.is_interrupted"))
            is { ValueKind: JsonValueKind.True };
        JsonElement? messages = Find(root, "transaction.messages") ?? Find(root, "audit_data.messages");
        if (messages is not { ValueKind: JsonValueKind.Array } all)
        {
            return;
        }

        foreach (JsonElement message in all.EnumerateArray())
        {
            if (message.ValueKind == JsonValueKind.String)
            {
                ModSecurityMessage read = ModSecurityMessage.Read(Encoding.UTF8.GetBytes(message.GetString()!));
                record.TakeRule(read.IsDenied, pool.GetOrNull(read.RuleId), pool.GetOrNull(read.RuleName));
            }
            else
            {
                string? rule = Find(message, "details.ruleId") is { } id ? TextOf(id) : null;
                record.TakeRule(false, rule, Find(message, "message") is { } name ? TextOf(name) : null);
            }
        }

        if (isIntercepted)
        {
            record.Deny();
        }
    }

    private static JsonElement? Find(JsonElement from, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from))
            {
                return null;
            }
        }

        return from;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
