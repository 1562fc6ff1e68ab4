namespace LogAnomaly.Parsing;

/// <summary>
/// The history of apt: a record a run, of lines <c>Name: value</c> from <c>Start-Date</c> to <c>End-Date</c>, and a
/// blank line. The event names the packages of the first of installed, upgraded, downgraded, removed and purged ones;
/// the version only where there is one package.
/// </summary>
public sealed class AptHistoryFormat : LogFormat
{
    private static readonly (byte[] Name, string Action)[] s_lists =
    [
        ([.. "Install: "u8], "package_installed"), ([.. "Reinstall: "u8], "package_reinstalled"),
        ([.. "Upgrade: "u8], "package_upgraded"), ([.. "Downgrade: "u8], "package_downgraded"),
        ([.. "Remove: "u8], "package_removed"), ([.. "Purge: "u8], "package_purged"),
    ];

    /// <inheritdoc/>
    public override string Name => "apt-history";

    /// <inheritdoc/>
    public override string Description => "apt's history.log: runs of apt with their packages";

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() => new AptHistoryJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!text.StartsWith("Start-Date: "u8)
            || !TryReadTime(text["Start-Date: ".Length..], context.Clock, out DateTimeOffset time))
        {
            return null;
        }

        int first = text.IndexOf((byte)'\n');
        SystemEvent made = PackageLog.NewEvent(line, context, time, "apt", first < 0 ? 0 : first + 1);
        made.Category = "package";
        made.Action = "package_run";
        made.Outcome = Outcome.Success;
        bool hasList = false;
        foreach (Range range in new LineRanges(text))
        {
            ReadOnlySpan<byte> part = text[range];
            if (Utf8Text.TryTake(ref part, "Commandline: "u8))
            {
                made.Command = context.Pool.Get(part);
            }
            else if (Utf8Text.TryTake(ref part, "Requested-By: "u8))
            {
                made.UserName = context.Pool.Get(Utf8Text.Before(part, (byte)' '));
            }
            else if (Utf8Text.TryTake(ref part, "Error: "u8))
            {
                made.Outcome = Outcome.Failure;
                made.Level = LogLevel.Error;
                made.Reason = context.Pool.Get(part);
            }
            else if (!hasList)
            {
                hasList = TrySetPackages(made, context, part);
            }
        }

        return made;
    }

    private static bool TrySetPackages(SystemEvent made, ParseContext context, ReadOnlySpan<byte> part)
    {
        foreach ((byte[] name, string action) in s_lists)
        {
            if (Utf8Text.TryTake(ref part, name))
            {
                made.Action = action;
                SetPackages(made, context, part);
                return true;
            }
        }

        return false;
    }

    // "a:amd64 (1.0), b:amd64 (2.0, automatic)", "a:amd64 (1.0, 1.1)"
    private static void SetPackages(SystemEvent made, ParseContext context, ReadOnlySpan<byte> list)
    {
        List<string> names = [];
        ReadOnlySpan<byte> version = default;
        while (!list.IsEmpty)
        {
            int open = list.IndexOf(" ("u8);
            int close = list.IndexOf((byte)')');
            if (open <= 0 || close < open)
            {
                break;
            }

            names.Add(context.Pool.Get(Utf8Text.Before(list[..open], (byte)':')));
            ReadOnlySpan<byte> versions = list[(open + 2)..close];
            Utf8Text.TryTakeEnd(ref versions, ", automatic"u8);
            version = versions[(versions.LastIndexOf((byte)' ') + 1)..];
            list = list[(close + 1)..].TrimStart(", "u8);
        }

        made.PackageName = names.Count == 0 ? null : string.Join(", ", names);
        made.PackageVersion = names.Count == 1 && !version.IsEmpty ? context.Pool.Get(version) : null;
    }

    // Two spaces stand between day and time.
    private static bool TryReadTime(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time)
    {
        time = default;
        Span<byte> stamp = stackalloc byte[19];
        if (text.Length < 20 || text[10] != ' ')
        {
            return false;
        }

        text[..11].CopyTo(stamp);
        text.Slice(text[11] == ' ' ? 12 : 11, 8).CopyTo(stamp[11..]);
        return Timestamps.TryReadIso8601(stamp, clock, out time, out _);
    }
}
