using System.Buffers;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>Makes requests of the members of JSON lines.</summary>
internal static class JsonAccessEvent
{
    private static readonly SearchValues<char> s_decimal = SearchValues.Create("0123456789.");

    /// <summary>Makes an event.</summary>
    /// <param name="members">The members of the line.</param>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where the members tell of no request.</returns>
    public static AccessEvent? Make(List<JsonMember> members, in LogLine line, ParseContext context)
    {
        if (!IsRequest(members))
        {
            return null;
        }

        AccessBuilder builder = new(line, context);
        string? client = Find(members, "request.client_ip") ?? Find(members, "ClientHost");
        if (client is not null)
        {
            _ = builder.Set(AccessField.Client, "client", Encoding.UTF8.GetBytes(client));
        }

        AccessField duration = DurationUnit(members);
        foreach (JsonMember member in members)
        {
            AccessField field = FieldOf(member, duration);
            if (field == AccessField.Property || !CanBe(field, member))
            {
                Keep(builder, member);
                continue;
            }

            // Of several statuses or targets the first counts.
            bool isTaken = field is AccessField.Status or AccessField.Url or AccessField.Method or AccessField.BytesSent
                && IsTaken(builder.Event, field);
            if (isTaken || !builder.Set(field, member.Path, Encoding.UTF8.GetBytes(member.Text)))
            {
                Keep(builder, member);
            }

        }

        return builder.Finish();
    }

    private static bool IsTaken(AccessEvent made, AccessField field) => field switch
    {
        AccessField.Status => made.StatusCode is not null,
        AccessField.Url => made.Url is not null,
        AccessField.Method => made.Method is not null,
        _ => made.BytesSent is not null,
    };

    private static bool IsRequest(List<JsonMember> members)
    {
        bool hasStatus = false;
        bool hasRequest = false;
        foreach (JsonMember member in members)
        {
            if (JsonAccessNames.TryGet(member.Path, out AccessField field) && CanBe(field, member))
            {
                hasStatus |= field == AccessField.Status;
                hasRequest |= field is AccessField.Method or AccessField.Url or AccessField.Request;
            }
        }

        return hasStatus && hasRequest;
    }

    private static AccessField FieldOf(in JsonMember member, AccessField duration)
    {
        if (member.Path.Equals("duration", StringComparison.OrdinalIgnoreCase))
        {
            return duration;
        }

        if (!JsonAccessNames.TryGet(member.Path, out AccessField field))
        {
            return AccessField.Property;
        }

        // nginx calls the seconds of a request what AWS calls its time.
        if (field == AccessField.Time && member.Path.Replace("_", "", StringComparison.Ordinal)
            .Equals("requesttime", StringComparison.OrdinalIgnoreCase) && IsDecimal(member.Text))
        {
            return AccessField.Seconds;
        }

        if (field == AccessField.Milliseconds && member.Text.Contains('s', StringComparison.Ordinal))
        {
            return AccessField.DurationText;
        }

        return field;
    }

    // Whether a value can be what its name says: a method is a word in capitals, a status has three digits.
    private static bool CanBe(AccessField field, in JsonMember member)
    {
        switch (field)
        {
            case AccessField.Status:
                return member.Text == "0"
                    || (member.Text.Length == 3 && member.Text[0] is >= '1' and <= '9' && IsDecimal(member.Text));
            case AccessField.Method:
                return member.Text.Length is > 0 and <= 32 && !member.Text.AsSpan().ContainsAnyExceptInRange('!', '~');
            case AccessField.Url:
                return member.Value is string url && url.Length > 0
                    && (url[0] is '/' or '*' || url.Contains("://", StringComparison.Ordinal)
                        || member.Path.Contains('.', StringComparison.Ordinal)
                        || member.Path.EndsWith("uri", StringComparison.OrdinalIgnoreCase));
            case AccessField.Request:
                return member.Value is string;
            case AccessField.DurationText or (>= AccessField.Seconds and <= AccessField.Nanoseconds)
                or AccessField.BytesSent or AccessField.BytesReceived or AccessField.ProcessId:
                return member.Text.Length > 0 && (char.IsAsciiDigit(member.Text[0]) || member.Text == "-");
            case AccessField.Time:
                return member.Text.Length > 0;
            default:
                return member.Text.Length > 0 || member.Value is null or string;
        }
    }

    // The unit of a bare "duration" is the server's: seconds of Caddy, milliseconds of Envoy, nanoseconds of Traefik.
    private static AccessField DurationUnit(List<JsonMember> members)
    {
        if (Find(members, "DownstreamStatus") is not null)
        {
            return AccessField.Nanoseconds;
        }

        if (Find(members, "response_code") is not null || Find(members, "responseCode") is not null)
        {
            return AccessField.Milliseconds;
        }

        foreach (JsonMember member in members)
        {
            if (member.Path.Equals("duration", StringComparison.OrdinalIgnoreCase))
            {
                return member.Value is string ? AccessField.DurationText
                    : member.Value is double || Find(members, "request.uri") is not null ? AccessField.Seconds
                    : AccessField.Property;
            }
        }

        return AccessField.Property;
    }

    private static string? Find(List<JsonMember> members, string path)
    {
        foreach (JsonMember member in members)
        {
            if (member.Path.Equals(path, StringComparison.OrdinalIgnoreCase) && member.Text.Length > 0)
            {
                return member.Text;
            }
        }

        return null;
    }

    private static void Keep(AccessBuilder builder, in JsonMember member)
    {
        if (member.Value is not (null or ""))
        {
            builder.SetProperty(member.Path, member.Value);
        }
    }

    private static bool IsDecimal(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(s_decimal);
}
