namespace LogAnomaly.Parsing;

/// <summary>
/// The history of zypp (<c>/var/log/zypp/history</c>): fields between bars, the action padded by spaces.
/// <code>
/// line = stamp "|install|" name "|" version "|" architecture "|" [user] "|" repository "|" checksum "|"
///      / stamp "|remove |" name "|" version "|" architecture "|" [user] "|"
///      / stamp "|command|" user "|" words "|"
///      / "#" output
/// </code>
/// </summary>
public sealed class ZypperFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "zypper";

    /// <inheritdoc/>
    public override string Description => "zypp/history: packages of SUSE and its kin";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        History history = context.State<History>();
        if (text.StartsWith("#"u8))
        {
            // Many files begin with such lines; here they are what a package's scripts wrote, and follow a record.
            return history.HasBegun ? NoEvent : null;
        }

        if (!PackageLog.TryReadStamp(text, (byte)'|', context.Clock, out DateTimeOffset time, out int start))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = start };
        if (!scanner.TryReadTo((byte)'|', out ReadOnlySpan<byte> verb))
        {
            return null;
        }

        verb = Utf8Text.Trim(verb);
        if (!IsVerb(verb))
        {
            return null;
        }

        history.HasBegun = true;
        SystemEvent made = PackageLog.NewEvent(line, context, time, "zypper", start);
        made.Category = "package";
        bool isRemoved = verb.SequenceEqual("remove"u8);
        if (isRemoved || verb.SequenceEqual("install"u8))
        {
            made.Action = isRemoved ? "package_removed" : "package_installed";
            made.Outcome = Outcome.Success;
            made.PackageName = context.Pool.Get(scanner.ReadToOrRest((byte)'|'));
            made.PackageVersion = context.Pool.GetOrNull(scanner.ReadToOrRest((byte)'|'));
            scanner.ReadToOrRest((byte)'|');
            made.UserName = UserOf(scanner.ReadToOrRest((byte)'|'), context);
        }
        else if (verb.SequenceEqual("command"u8))
        {
            made.Action = "package_run";
            made.UserName = UserOf(scanner.ReadToOrRest((byte)'|'), context);
            made.Command = context.Pool.GetOrNull(scanner.ReadToOrRest((byte)'|'));
        }
        else
        {
            made.Action = verb.SequenceEqual("patch"u8) ? "patch_installed" : "repository_changed";
            made.Reason = context.Pool.GetOrNull(verb);
        }

        return made;
    }

    // Other programs put a level there.
    private static bool IsVerb(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("install"u8) || text.SequenceEqual("remove"u8) || text.SequenceEqual("command"u8)
        || text.SequenceEqual("patch"u8) || text.SequenceEqual("radd"u8) || text.SequenceEqual("rremove"u8)
        || text.SequenceEqual("ralias"u8) || text.SequenceEqual("rurl"u8);

    // "root@web1"
    private static string? UserOf(ReadOnlySpan<byte> field, ParseContext context)
    {
        ReadOnlySpan<byte> user = Utf8Text.Before(field, (byte)'@');
        return user.IsEmpty ? null : context.Pool.Get(user);
    }

    private sealed class History
    {
        public bool HasBegun { get; set; }
    }
}
