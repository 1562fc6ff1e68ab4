using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Finds the fields of ours in a Windows record, by the table of known events, else by the names of its values.
/// </summary>
internal sealed class WindowsFields
{
    private readonly WindowsParts _parts;
    private readonly StringPool _pool;
    private readonly List<byte> _fields = [];
    private readonly List<object> _values = [];

    /// <summary>Creates an empty set for a record.</summary>
    /// <param name="parts">What the record says.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    public WindowsFields(WindowsParts parts, StringPool pool)
    {
        _parts = parts;
        _pool = pool;
    }

    /// <summary>The fields found, as bytes.</summary>
    public byte[] Fields => [.. _fields];

    /// <summary>Their values, in the same order.</summary>
    public object[] Values => [.. _values];

    /// <summary>How the action of the record ended.</summary>
    public Outcome Outcome { get; private set; }

    /// <summary>Finds the fields.</summary>
    public void Fill()
    {
        Put(LogField.EventId, _parts.EventId);
        Put(LogField.Provider, Pooled(_parts.Provider));
        Put(LogField.Channel, Pooled(_parts.Channel));
        Put(LogField.RecordId, _parts.RecordId);
        Put(LogField.ThreadId, _parts.ThreadId);
        WindowsEventRow? row = WindowsEventTable.Find(_parts.Provider, _parts.Channel, _parts.EventId);
        if (row is null)
        {
            Outcome = _parts.Audit ?? Outcome.Unknown;
            FillByNames();
        }
        else
        {
            Put(LogField.Category, row.Category);
            Put(LogField.Action, row.Action);
            foreach ((LogField field, string[] names) in row.Sources)
            {
                FillFrom(field, names);
            }

            SettleStatus(row);
        }

        SettleUser();
        Put(LogField.Outcome, Outcome);
    }

    private void FillFrom(LogField field, string[] names)
    {
        foreach (string name in names)
        {
            if (_parts.Find(name) is not { } value)
            {
                continue;
            }

            object? converted = field == LogField.Method && name == "LogonType"
                ? WindowsStatus.LogonType(value)
                : Convert(new PropertyAlias(field, 1), value);
            if (converted is not null)
            {
                Put(field, converted);
                return;
            }
        }
    }

    private void FillByNames()
    {
        foreach (KeyValuePair<string, string?> pair in _parts.Data)
        {
            foreach (PropertyAlias alias in pair.Value is null ? [] : FieldNames.Find(pair.Key))
            {
                if (alias.Rank <= 2 && IsOfData(alias.Field) && !_fields.Contains((byte)alias.Field)
                    && Convert(alias, pair.Value!) is { } converted)
                {
                    Put(alias.Field, converted);
                }
            }
        }

        // Who acts, where the data has one on whom is acted too.
        if (_parts.Find("SubjectUserName") is { } subject && !_fields.Contains((byte)LogField.UserName))
        {
            Put(LogField.UserName, Pooled(subject));
            Put(LogField.UserDomain, Pooled(_parts.Find("SubjectDomainName")));
        }
    }

    // The header tells these of the record itself.
    private static bool IsOfData(LogField field) =>
        field is not (LogField.Timestamp or LogField.Level or LogField.Message
            or LogField.HostName or LogField.Program or LogField.ProcessId or LogField.ThreadId or LogField.EventId
            or LogField.Provider or LogField.Channel or LogField.RecordId or LogField.Outcome or LogField.Category
            or LogField.Action or LogField.Module);

    private object? Convert(PropertyAlias alias, string value) =>
        FieldConversion.TryConvert(
            alias, RecordValueType.Text, Encoding.UTF8.GetBytes(value), _pool, out object? converted)
            ? converted
            : null;

    // The status that tells the outcome and the reason: the more particular one where there are two.
    private void SettleStatus(WindowsEventRow row)
    {
        string? status = _parts.Find("SubStatus");
        status = status is null || WindowsStatus.IsSuccess(status)
            ? _parts.Find("Status") ?? _parts.Find("FailureCode")
            : status;
        status ??= row.ByStatus
            ? _parts.Find("Error Code") ?? _parts.Find("ErrorCode") ?? _parts.Find("ResultCode")
            : null;
        bool isStatus = status is not null && status.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        Outcome = row.Outcome;
        if (row.ByStatus)
        {
            Outcome = isStatus
                ? WindowsStatus.IsSuccess(status!) ? Outcome.Success : Outcome.Failure
                : _parts.Audit ?? Outcome.Unknown;
        }

        if (isStatus && !WindowsStatus.IsSuccess(status!))
        {
            Put(LogField.ErrorCode, Pooled(status));
            if (!_fields.Contains((byte)LogField.Reason))
            {
                Put(LogField.Reason, WindowsStatus.Reason(status!));
            }
        }
    }

    // "DOMAIN\user" is a user of a domain.
    private void SettleUser()
    {
        int at = _fields.IndexOf((byte)LogField.UserName);
        if (at >= 0 && _values[at] is string name && name.IndexOf('\\', StringComparison.Ordinal) is > 0 and int slash
            && slash + 1 < name.Length)
        {
            _values[at] = Pooled(name[(slash + 1)..])!;
            if (!_fields.Contains((byte)LogField.UserDomain))
            {
                Put(LogField.UserDomain, Pooled(name[..slash]));
            }
        }
    }

    private string? Pooled(string? value) =>
        string.IsNullOrEmpty(value) ? null : value.Length > 64 ? value : _pool.Get(Encoding.UTF8.GetBytes(value));

    private void Put(LogField field, object? value)
    {
        if (value is not null)
        {
            _fields.Add((byte)field);
            _values.Add(value);
        }
    }
}
