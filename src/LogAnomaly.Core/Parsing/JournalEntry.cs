using System.Buffers.Text;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The fields of an entry of the systemd journal that events take, gathered from any of the forms that journalctl
/// writes. An entry becomes the event that the same message gives as a line of text; the event keeps the entry as it
/// was written, and the text of <c>MESSAGE</c> as its message.
/// </summary>
internal ref struct JournalEntry
{
    private ReadOnlySpan<byte> _time;
    private ReadOnlySpan<byte> _sourceTime;
    private ReadOnlySpan<byte> _host;
    private ReadOnlySpan<byte> _identifier;
    private ReadOnlySpan<byte> _command;
    private ReadOnlySpan<byte> _process;
    private ReadOnlySpan<byte> _loggedProcess;
    private ReadOnlySpan<byte> _priority;
    private ReadOnlySpan<byte> _facility;
    private ReadOnlySpan<byte> _unit;
    private ReadOnlySpan<byte> _ownUnit;
    private ReadOnlySpan<byte> _message;
    private bool _hasMessage;
    private bool _hasTransport;

    /// <summary>Takes a field; of one that comes more than once the first value counts.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case 4 when _process.IsEmpty && name.SequenceEqual("_PID"u8):
                _process = value;
                break;
            case 4 when _unit.IsEmpty && name.SequenceEqual("UNIT"u8):
                _unit = value;
                break;
            case 5 when _command.IsEmpty && name.SequenceEqual("_COMM"u8):
                _command = value;
                break;
            case 7 when !_hasMessage && name.SequenceEqual("MESSAGE"u8):
                _message = value;
                _hasMessage = true;
                break;
            case 8 when _priority.IsEmpty && name.SequenceEqual("PRIORITY"u8):
                _priority = value;
                break;
            case 9 when _host.IsEmpty && name.SequenceEqual("_HOSTNAME"u8):
                _host = value;
                break;
            case 9 when _unit.IsEmpty && name.SequenceEqual("USER_UNIT"u8):
                _unit = value;
                break;
            case 10 when _loggedProcess.IsEmpty && name.SequenceEqual("SYSLOG_PID"u8):
                _loggedProcess = value;
                break;
            case 10 when name.SequenceEqual("_TRANSPORT"u8):
                _hasTransport = true;
                break;
            case 13 when _ownUnit.IsEmpty && name.SequenceEqual("_SYSTEMD_UNIT"u8):
                _ownUnit = value;
                break;
            case 15 when _facility.IsEmpty && name.SequenceEqual("SYSLOG_FACILITY"u8):
                _facility = value;
                break;
            case 17 when _identifier.IsEmpty && name.SequenceEqual("SYSLOG_IDENTIFIER"u8):
                _identifier = value;
                break;
            case 20 when _time.IsEmpty && name.SequenceEqual("__REALTIME_TIMESTAMP"u8):
                _time = value;
                break;
            case 26 when _sourceTime.IsEmpty && name.SequenceEqual("_SOURCE_REALTIME_TIMESTAMP"u8):
                _sourceTime = value;
                break;
            default:
                break;
        }
    }

    /// <summary>Makes the event.</summary>
    /// <param name="line">The entry as it was written.</param>
    /// <param name="known">The time, where the form gives it elsewhere; else null.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where the fields are not those of a journal.</returns>
    public readonly LineEvent? Make(in LogLine line, DateTimeOffset? known, ParseContext context)
    {
        DateTimeOffset? time = known ?? ReadTime(_time, context.Clock) ?? ReadTime(_sourceTime, context.Clock);
        bool isJournal = time is not null && (_hasMessage || _hasTransport || !_host.IsEmpty);
        if (!isJournal && !(_hasMessage && (_hasTransport || !_host.IsEmpty)))
        {
            return null;
        }

        ReadOnlySpan<byte> program = _identifier.IsEmpty ? _command : _identifier;
        LogLine kept = Place(line, out (int Start, int Length) message);
        SyslogHeader header = SyslogHeader.Create(
            time,
            _priority.Length == 1 && _priority[0] is >= (byte)'0' and <= (byte)'7'
                ? SyslogSeverity.ToLevel(_priority[0] - '0')
                : null,
            FieldScanner.ToInt32(_facility) is { } number ? SyslogFacility.Name(number) : null,
            _host,
            program,
            FieldScanner.ToInt32(_process.IsEmpty ? _loggedProcess : _process),
            message);
        LineEvent made = SyslogEvents.Make(kept, header, context);
        if (made is SystemEvent { ServiceName: null } system)
        {
            ReadOnlySpan<byte> unit = _unit.IsEmpty ? _ownUnit : _unit;
            system.ServiceName = unit.IsEmpty ? null : context.Pool.Get(unit);
        }

        return made;
    }

    // A message that stands in the entry as it is meant is a slice of it; else it is put behind the entry.
    private readonly LogLine Place(in LogLine line, out (int Start, int Length) message)
    {
        if (_message.IsEmpty)
        {
            message = (0, 0);
            return line;
        }

        if (line.Span.Overlaps(_message, out int offset))
        {
            message = (offset, _message.Length);
            return line;
        }

        byte[] buffer = new byte[line.Length + _message.Length];
        line.Span.CopyTo(buffer);
        _message.CopyTo(buffer.AsSpan(line.Length));
        message = (line.Length, _message.Length);
        return line with { Buffer = buffer, Start = 0 };
    }

    // Microseconds since 1970.
    private static DateTimeOffset? ReadTime(ReadOnlySpan<byte> text, LogClock clock)
    {
        const long LatestMicroseconds = 253_402_300_799_000_000;
        return Utf8Parser.TryParse(text, out long microseconds, out int read) && read == text.Length
            && microseconds is > 0 and < LatestMicroseconds
            ? TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10), clock.Zone)
            : null;
    }
}
