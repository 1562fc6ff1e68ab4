namespace LogAnomaly.Parsing;

/// <summary>
/// What dpkg wrote to the terminal of apt (<c>term.log</c>), between <c>Log started:</c> and <c>Log ended:</c>. A line
/// has no time of its own and gets that of its run's start.
/// </summary>
public sealed class AptTermFormat : LogFormat
{
    private static readonly MessageTable s_messages = new(
        new MessageRule("Setting up ", "package", "package_configured", Outcome.Success),
        new MessageRule("Unpacking ", "package", "package_unpacked", Outcome.Success),
        new MessageRule("Removing ", "package", "package_removed", Outcome.Success),
        new MessageRule("Purging configuration files for ", "package", "package_purged", Outcome.Success),
        new MessageRule("Processing triggers for ", "package", "package_triggered", Outcome.Success),
        new MessageRule("dpkg: error processing package ", "package", "package_configured", Outcome.Failure));

    /// <inheritdoc/>
    public override string Name => "apt-term";

    /// <inheritdoc/>
    public override string Description => "apt's term.log: what dpkg wrote in runs of apt";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        Run run = context.State<Run>();
        bool isStart = Utf8Text.TryTake(ref text, "Log started: "u8);
        if (isStart || Utf8Text.TryTake(ref text, "Log ended: "u8))
        {
            Span<byte> stamp = stackalloc byte[19];
            if (text.Length < 20)
            {
                return null;
            }

            text[..11].CopyTo(stamp);
            text.Slice(12, 8).CopyTo(stamp[11..]);
            bool isTime = Timestamps.TryReadIso8601(stamp, context.Clock, out DateTimeOffset time, out _);
            run.Time = isTime && isStart ? time : null;
            return isTime ? NoEvent : null;
        }

        if (run.Time is not { } started)
        {
            return null;
        }

        SystemEvent made = PackageLog.NewEvent(line, context, started, "dpkg", 0);
        if (s_messages.Find(text, out ReadOnlySpan<byte> rest) is { } rule)
        {
            made.Category = rule.Category;
            made.Action = rule.Action;
            made.Outcome = rule.Outcome;
            made.Level = rule.Outcome == Outcome.Failure ? LogLevel.Error : made.Level;
            ReadOnlySpan<byte> name = Utf8Text.Before(rest, (byte)' ');
            made.PackageName = context.Pool.Get(Utf8Text.Before(name, (byte)':'));
            ReadOnlySpan<byte> version = Utf8Text.Between(rest, " ("u8, (byte)')');
            made.PackageVersion = version.IsEmpty || rule.Outcome == Outcome.Failure ? null : context.Pool.Get(version);
        }

        return made;
    }

    private sealed class Run
    {
        public DateTimeOffset? Time { get; set; }
    }
}
