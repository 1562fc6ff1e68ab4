namespace LogAnomaly.Parsing;

/// <summary>
/// The log of dpkg:
/// <code>
/// line = stamp SP action SP package SP version SP version
///        ; install, upgrade, remove, purge, configure, trigproc, disappear
///      / stamp SP "status" SP state SP package SP version
///      / stamp SP "startup" SP type SP command
///      / stamp SP "conffile" SP path SP decision
/// </code>
/// The version of the event is the new one, or that of what was removed. The architecture behind the name is left out.
/// </summary>
public sealed class DpkgFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "dpkg";

    /// <inheritdoc/>
    public override string Description => "dpkg.log: packages of Debian and Ubuntu";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!PackageLog.TryReadStamp(text, (byte)' ', context.Clock, out DateTimeOffset time, out int start))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = start };
        ReadOnlySpan<byte> verb = scanner.ReadToOrRest((byte)' ');
        (string? action, bool isOld) = ActionOf(verb);
        if (action is null || scanner.AtEnd)
        {
            return null;
        }

        SystemEvent made = PackageLog.NewEvent(line, context, time, "dpkg", start);
        made.Category = "package";
        made.Action = action;
        made.Outcome = Outcome.Success;
        switch (action)
        {
            case "package_status":
                made.Reason = context.Pool.Get(scanner.ReadToOrRest((byte)' '));
                SetPackage(made, context, scanner.ReadToOrRest((byte)' '), scanner.ReadToOrRest((byte)' '));
                made.Outcome = Outcome.Unknown;
                break;
            case "package_run" or "package_file_settled":
                made.Outcome = Outcome.Unknown;
                made.Reason = context.Pool.Get(scanner.Rest);
                break;
            default:
                ReadOnlySpan<byte> package = scanner.ReadToOrRest((byte)' ');
                ReadOnlySpan<byte> before = scanner.ReadToOrRest((byte)' ');
                ReadOnlySpan<byte> after = scanner.ReadToOrRest((byte)' ');
                SetPackage(made, context, package, isOld || after.StartsWith("<"u8) || after.IsEmpty ? before : after);
                break;
        }

        return made;
    }

    private static void SetPackage(
        SystemEvent made, ParseContext context, ReadOnlySpan<byte> package, ReadOnlySpan<byte> version)
    {
        made.PackageName = context.Pool.Get(Utf8Text.Before(package, (byte)':'));
        made.PackageVersion = version.IsEmpty || version[0] == '<' ? null : context.Pool.Get(version);
    }

    private static (string? Action, bool IsOld) ActionOf(ReadOnlySpan<byte> verb) => verb switch
    {
        _ when verb.SequenceEqual("status"u8) => ("package_status", false),
        _ when verb.SequenceEqual("install"u8) => ("package_installed", false),
        _ when verb.SequenceEqual("upgrade"u8) => ("package_upgraded", false),
        _ when verb.SequenceEqual("configure"u8) => ("package_configured", true),
        _ when verb.SequenceEqual("trigproc"u8) => ("package_triggered", true),
        _ when verb.SequenceEqual("remove"u8) => ("package_removed", true),
        _ when verb.SequenceEqual("purge"u8) => ("package_purged", true),
        _ when verb.SequenceEqual("disappear"u8) => ("package_removed", true),
        _ when verb.SequenceEqual("startup"u8) => ("package_run", false),
        _ when verb.SequenceEqual("conffile"u8) => ("package_file_settled", false),
        _ => (null, false),
    };
}
