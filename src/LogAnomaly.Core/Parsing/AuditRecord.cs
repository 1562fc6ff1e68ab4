using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>What the fields of a record of the Linux audit say, gathered before its event is made.</summary>
internal sealed class AuditRecord
{
    private readonly StringBuilder _arguments = new();

    /// <summary>The type of the record.</summary>
    public AuditType Type { get; private set; } = AuditType.Find("");

    /// <summary>Process that the record is about, or null.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Account that the record names, or null.</summary>
    public string? Account { get; private set; }

    /// <summary>Name of the user who logged in, or of the one whose process it is, or null.</summary>
    public string? User { get; private set; }

    /// <summary>Program that the record is about, or null.</summary>
    public string? Program { get; private set; }

    /// <summary>Address that the action comes from, or null.</summary>
    public string? SourceIP { get; private set; }

    /// <summary>Name of the host that it comes from, or null.</summary>
    public string? SourceHost { get; private set; }

    /// <summary>Terminal, or null.</summary>
    public string? Tty { get; private set; }

    /// <summary>Command, or null.</summary>
    public string? Command { get; private set; }

    /// <summary>Working directory, or null.</summary>
    public string? WorkingDirectory { get; private set; }

    /// <summary>Unit, or null.</summary>
    public string? Unit { get; private set; }

    /// <summary>Session, or null.</summary>
    public string? Session { get; private set; }

    /// <summary>What was done, in the words of the program, or null.</summary>
    public string? Operation { get; private set; }

    /// <summary>The key of the rule that made the record, or null.</summary>
    public string? Key { get; private set; }

    /// <summary>Action that the fields name in place of the type's, or null.</summary>
    public string? Action { get; private set; }

    /// <summary>Package and its version, or null.</summary>
    public string? Package { get; private set; }

    /// <summary>How the action ended.</summary>
    public Outcome Outcome { get; private set; }

    /// <summary>Classifies a record that stands in the message of a line of the system log.</summary>
    /// <param name="message">The message: <c>audit: type=1400 audit(1.2:3): apparmor="DENIED" ...</c></param>
    public static void Classify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int start = text.IndexOf("type="u8);
        int fields = text.IndexOf("): "u8);
        AuditRecord record = new();
        record.Read(
            start < 0 ? "AVC"u8 : Utf8Text.Before(text[(start + 5)..], (byte)' '),
            fields < 0 ? text : text[(fields + 3)..],
            message.Context);
        record.Fill(message.Target);
    }

    /// <summary>Reads the fields.</summary>
    /// <param name="type">Name or number of the type.</param>
    /// <param name="fields">The fields behind the stamp.</param>
    /// <param name="context">Strings that repeat.</param>
    public void Read(ReadOnlySpan<byte> type, ReadOnlySpan<byte> fields, ParseContext context)
    {
        Type = context.Syslog.AuditType(context.Pool.Get(type));
        ReadAccess(fields);
        AuditFields walker = new(fields);
        while (walker.MoveNext())
        {
            Take(walker, context);
        }

        Command = _arguments.Length > 0 ? _arguments.ToString() : Command;
    }

    /// <summary>Sets the fields of an event.</summary>
    /// <param name="target">The event.</param>
    public void Fill(SystemEvent target)
    {
        target.Category = Type.Category;
        target.Action = Action ?? Type.Action;
        target.Outcome = Outcome;
        target.UserName = Account ?? User;
        target.SourceIP = SourceIP;
        target.ServiceName = Unit;
        target.Command = Command;
        target.Reason = Operation;
        target.RuleName = Key;
        if (Package is { } package)
        {
            PackageName.Split(
                Encoding.UTF8.GetBytes(package), out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> version);
            target.PackageName = Encoding.UTF8.GetString(name);
            target.PackageVersion = version.IsEmpty ? null : Encoding.UTF8.GetString(version);
        }
    }

    /// <summary>Sets the fields of an event about authentication.</summary>
    /// <param name="target">The event.</param>
    public void Fill(AuthEvent target)
    {
        target.Category = Type.Category;
        target.Action = Type.Action;
        target.Outcome = Outcome;
        target.UserName = Type.HasTarget ? User : Account ?? User;
        target.TargetUser = Type.HasTarget ? Account : null;
        target.SourceIP = SourceIP;
        target.SourceHost = SourceIP is null ? SourceHost : null;
        target.Tty = Tty;
        target.Command = Command;
        target.WorkingDirectory = WorkingDirectory;
        target.SessionId = Session;
        target.Reason = Operation;
    }

    // SELinux writes "avc:  denied  { read } for  pid=1 ..." before its fields.
    private void ReadAccess(ReadOnlySpan<byte> fields)
    {
        int access = fields.IndexOf("avc:  "u8);
        if (access < 0)
        {
            return;
        }

        bool isDenied = fields[(access + 6)..].StartsWith("denied"u8);
        Action = isDenied ? "access_denied" : "access_granted";
        Outcome = isDenied ? Outcome.Failure : Outcome.Success;
        Operation = Encoding.UTF8.GetString(Utf8Text.Trim(Utf8Text.Between(fields, "{ "u8, (byte)'}')));
    }

    private void Take(in AuditFields field, ParseContext context)
    {
        switch (Encoding.ASCII.GetString(field.Name[..Math.Min(field.Name.Length, 16)]))
        {
            case "pid":
                ProcessId ??= FieldScanner.ToInt32(field.Value);
                break;
            case "acct" or "ACCT":
                Account ??= field.ToText();
                break;
            case "AUID" when !field.Value.SequenceEqual("unset"u8):
                User = field.ToText();
                break;
            case "UID" when !field.Value.SequenceEqual("unset"u8):
                User ??= field.ToText();
                break;
            case "addr":
                SetSource(field.Value, context);
                break;
            case "hostname":
                SourceHost = field.ToText();
                SetSource(field.Value, context);
                break;
            case "terminal" or "tty":
                Tty = field.Value.SequenceEqual("(none)"u8) ? null : field.ToText();
                break;
            case "exe":
                Program ??= LastPart(field.ToText());
                Command ??= Type.Name is "SYSCALL" or "ANOM_ABEND" or "SECCOMP" ? field.ToText() : null;
                break;
            case "comm":
                Program = field.ToText() ?? Program;
                break;
            case "cmd" or "proctitle":
                Command = field.ToText();
                break;
            case "cwd":
                WorkingDirectory = field.ToText();
                break;
            case "unit":
                Unit = field.IsQuoted ? field.ToText() : context.Pool.Get(field.Value);
                break;
            case "ses" when !field.Value.StartsWith("429496729"u8):
                Session = context.Pool.Get(field.Value);
                break;
            case "op" or "operation":
                Operation = field.IsQuoted ? field.ToText() : context.Pool.GetOrNull(field.Value);
                break;
            case "key":
                Key = field.ToText();
                break;
            case "sw" when Type.Name == "SOFTWARE_UPDATE":
                Package = field.ToText();
                break;
            case "res" or "success" or "result":
                SetOutcome(field.Value);
                break;
            case "apparmor":
                SetProfile(field.Value);
                break;
            default:
                TakeArgument(field);
                break;
        }
    }

    // a0="ls" a1="-l" of EXECVE; long ones are in pieces, as a1[0]=...
    private void TakeArgument(in AuditFields field)
    {
        bool isArgument = Type.Name == "EXECVE" && field.Name.Length > 1 && field.Name[0] == 'a'
            && char.IsAsciiDigit((char)field.Name[1]) && !field.Name.EndsWith("_len"u8);
        if (isArgument)
        {
            int piece = field.Name.IndexOf((byte)'[');
            bool isFurther = piece > 0 && !field.Name[piece..].SequenceEqual("[0]"u8);
            _arguments.Append(_arguments.Length > 0 && !isFurther ? " " : "").Append(field.ToText());
        }
    }

    private void SetSource(ReadOnlySpan<byte> value, ParseContext context)
    {
        if (SourceIP is null && SourceAddress.TryParse(value, out ReadOnlySpan<byte> literal))
        {
            SourceIP = context.Pool.Get(literal);
        }
    }

    private void SetOutcome(ReadOnlySpan<byte> value)
    {
        bool isSuccess = value.SequenceEqual("success"u8) || value.SequenceEqual("yes"u8) || value.SequenceEqual("1"u8);
        bool isFailure = value.SequenceEqual("failed"u8) || value.SequenceEqual("no"u8) || value.SequenceEqual("0"u8)
            || value.SequenceEqual("fail"u8);
        Outcome = isSuccess ? Outcome.Success : isFailure ? Outcome.Failure : Outcome;
    }

    private void SetProfile(ReadOnlySpan<byte> value)
    {
        bool isDenied = value.SequenceEqual("DENIED"u8);
        bool isStatus = value.SequenceEqual("STATUS"u8);
        Action = isDenied ? "access_denied" : isStatus ? "profile_loaded" : "access_audited";
        Outcome = isDenied ? Outcome.Failure : isStatus ? Outcome.Success : Outcome.Unknown;
    }

    private static string? LastPart(string? path) => path?[(path.LastIndexOf('/') + 1)..];
}
