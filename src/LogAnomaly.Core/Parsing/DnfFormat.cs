namespace LogAnomaly.Parsing;

/// <summary>
/// The logs of dnf and its library (<c>dnf.log</c>, <c>dnf.librepo.log</c>, <c>dnf.rpm.log</c>, <c>dnf5.log</c>):
/// <code>
/// line = ISO 8601 SP ["[" pid "]" SP] level SP message
/// </code>
/// </summary>
public sealed class DnfFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "dnf";

    /// <inheritdoc/>
    public override string Description => "dnf.log and dnf.rpm.log: packages of Fedora, Red Hat and their kin";

    // A time and a level begin the lines of many programs; these are words of dnf's own, its libraries' and its
    // plugins'.
    private static readonly string[] s_heads =
    [
        "---", "DNF", "dnf", "DDEBUG", "Librepo", "lr_", "Last metadata", "Metadata", "Loaded plugins", "Installroot",
        "Releasever", "cachedir", "Base command", "Extra commands", "User-Agent", "Completion", "Cleaning up",
        "Dependencies", "Nothing to do", "Complete!", "repo:", "Using rpmkeys", "reviving", "countme", "Downloading",
        "Making cache", "timer:", "Command:",
    ];

    /// <inheritdoc/>
    internal override LogEvent? ParseSample(in LogLine line, ParseContext context)
    {
        LogEvent? made = Parse(line, context);
        if (made is null || made["ProcessId"] is not null || made["Category"] is not null
            || line.Span.IndexOf(" SUBDEBUG "u8) > 0 || line.Span.IndexOf(" DDEBUG "u8) > 0)
        {
            return made;
        }

        return Array.Exists(s_heads, head => made.Message!.StartsWith(head, StringComparison.Ordinal)) ? made : null;
    }

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.Length < 22 || text[10] != 'T'
            || !PackageLog.TryReadStamp(text, (byte)' ', context.Clock, out DateTimeOffset time, out int at))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = at };
        int? process = null;
        if (scanner.TrySkip((byte)'['))
        {
            process = scanner.TryReadInt64(out long id) && id <= int.MaxValue ? (int)id : null;
            if (process is null || !scanner.TrySkip("] "u8))
            {
                return null;
            }
        }

        ReadOnlySpan<byte> name = scanner.ReadToOrRest((byte)' ');
        bool isUpper = !name.IsEmpty && !name.ContainsAnyExceptInRange((byte)'A', (byte)'Z');
        if (!isUpper || !LevelName.TryParse(name, out LogLevel level))
        {
            return null;
        }

        SystemEvent made = PackageLog.NewEvent(line, context, time, "dnf", scanner.Position);
        made.Level = level;
        made.ProcessId = process;
        ReadOnlySpan<byte> said = Utf8Text.Trim(scanner.Rest);
        Utf8Text.TryTake(ref said, "[rpm] "u8);
        Utf8Text.TryTake(ref said, "RPM callback: "u8);
        if (said.StartsWith("Command: "u8) || said.StartsWith("DNF5 start"u8))
        {
            made.Category = "package";
            made.Action = "package_run";
            made.Command = said.StartsWith("Command: "u8) ? context.Pool.Get(said["Command: ".Length..]) : null;
            return made;
        }

        PackageMessages.Classify(new SystemMessage(made, context, said));
        return made;
    }
}
