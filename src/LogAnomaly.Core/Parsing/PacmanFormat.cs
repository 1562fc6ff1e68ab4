namespace LogAnomaly.Parsing;

/// <summary>
/// The log of pacman:
/// <code>
/// line = "[" ISO 8601 "]" SP "[" caller "]" SP message
///        ; before 2019 with a space and without seconds: [2014-01-01 00:00]
/// </code>
/// </summary>
public sealed class PacmanFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "pacman";

    /// <inheritdoc/>
    public override string Description => "pacman.log: packages of Arch and its kin";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        FieldScanner scanner = new(line.Span);
        if (!scanner.TrySkip((byte)'[') || !scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> stamp)
            || !TryReadTime(stamp, context.Clock, out DateTimeOffset time) || !scanner.TrySkip(" ["u8)
            || !scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> caller) || caller.IsEmpty
            || caller.ContainsAny((byte)' ', (byte)':', (byte)'['))
        {
            return null;
        }

        scanner.TrySkip((byte)' ');
        SystemEvent made = PackageLog.NewEvent(line, context, time, context.Pool.Get(caller), scanner.Position);
        ReadOnlySpan<byte> said = scanner.Rest;
        if (caller.SequenceEqual("PACMAN"u8) && said.StartsWith("Running '"u8))
        {
            made.Category = "package";
            made.Action = "package_run";
            ReadOnlySpan<byte> command = said["Running '".Length..];
            made.Command = context.Pool.Get(command.EndsWith("'"u8) ? command[..^1] : command);
        }
        else if (caller.SequenceEqual("ALPM"u8))
        {
            bool isKnown = PackageMessages.TryClassifyVerb(new SystemMessage(made, context, said));
            bool isWarning = !isKnown && (said.StartsWith("warning: "u8) || said.StartsWith("error: "u8));
            made.Level = isWarning ? (said[0] == 'w' ? LogLevel.Warning : LogLevel.Error) : made.Level;
        }

        return made;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> stamp, LogClock clock, out DateTimeOffset time)
    {
        if (stamp.Length == 16)
        {
            ReadOnlySpan<byte> whole = [.. stamp, .. ":00"u8];
            return Timestamps.TryReadIso8601(whole, clock, out time, out _);
        }

        return Timestamps.TryReadIso8601(stamp, clock, out time, out int length) && length == stamp.Length;
    }
}
