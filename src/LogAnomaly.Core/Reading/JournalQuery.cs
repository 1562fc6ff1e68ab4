namespace LogAnomaly.Reading;

/// <summary>Which entries of the systemd journal to read, in the words of journalctl.</summary>
public sealed record JournalQuery
{
    /// <summary>The program that prints the journal, <c>journalctl</c> unless another is named.</summary>
    public string Command { get; init; } = "journalctl";

    /// <summary>Only entries at or after this time; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only entries at or before this time; null for all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only entries of these units; none for all.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>
    /// Only entries of this boot: 0 for the current one, -1 for the one before, or its id; null for all.
    /// </summary>
    public string? Boot { get; init; }

    /// <summary>Only the newest entries, so many; null for all.</summary>
    public int? Newest { get; init; }

    /// <summary>Whether to wait for further entries at the end.</summary>
    public bool Follow { get; init; }

    /// <summary>Folder of journal files in place of this machine's journal, or null.</summary>
    public string? Folder { get; init; }

    /// <summary>Journal files in place of this machine's journal; none for that.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// Cursor of the last entry that was read before (<c>__CURSOR</c>): only later ones; null for all.
    /// </summary>
    public string? AfterCursor { get; init; }

    /// <summary>The arguments for the program, each a word of its own, so that no value can add another.</summary>
    /// <returns>The arguments.</returns>
    internal IReadOnlyList<string> ToArguments()
    {
        List<string> arguments = ["--output=json", "--all", "--no-pager", "--quiet"];
        if (Since is { } since)
        {
            arguments.Add("--since=" + ToText(since));
        }

        if (Until is { } until)
        {
            arguments.Add("--until=" + ToText(until));
        }

        arguments.AddRange(Units.Select(unit => "--unit=" + unit));
        if (Boot is { } boot)
        {
            arguments.Add("--boot=" + boot);
        }

        if (Newest is { } newest)
        {
            arguments.Add(FormattableString.Invariant($"--lines={newest}"));
        }
        else if (Follow)
        {
            // Without a number journalctl begins ten entries before the end when it follows.
            arguments.Add("--lines=all");
        }

        if (Follow)
        {
            arguments.Add("--follow");
        }

        if (Folder is { } folder)
        {
            arguments.Add("--directory=" + folder);
        }

        arguments.AddRange(Files.Select(file => "--file=" + file));
        if (AfterCursor is { } cursor)
        {
            arguments.Add("--after-cursor=" + cursor);
        }

        return arguments;
    }

    // "@" and seconds since 1970 mean the same in any zone.
    private static string ToText(DateTimeOffset time) =>
        FormattableString.Invariant(
            $"@{(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerSecond:0.000000}");
}
