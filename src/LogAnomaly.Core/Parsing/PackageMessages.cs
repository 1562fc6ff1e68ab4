namespace LogAnomaly.Parsing;

/// <summary>Messages of programs that install packages: yum, dnf, PackageKit, zypper, pacman, and their logs.</summary>
internal static class PackageMessages
{
    private static readonly MessageTable s_messages = new(
        new MessageRule("Installed: ", "package", "package_installed", Outcome.Success, Following.Package),
        new MessageRule("Dep-Installed: ", "package", "package_installed", Outcome.Success, Following.Package),
        new MessageRule("Dep-Install: ", "package", "package_installed", Outcome.Success, Following.Package),
        new MessageRule("Install: ", "package", "package_installed", Outcome.Success, Following.Package),
        new MessageRule("Updated: ", "package", "package_upgraded", Outcome.Success, Following.Package),
        new MessageRule("Dep-Updated: ", "package", "package_upgraded", Outcome.Success, Following.Package),
        new MessageRule("Upgraded: ", "package", "package_upgraded", Outcome.Success, Following.Package),
        new MessageRule("Upgrade: ", "package", "package_upgraded", Outcome.Success, Following.Package),
        new MessageRule("Downgraded: ", "package", "package_downgraded", Outcome.Success, Following.Package),
        new MessageRule("Downgrade: ", "package", "package_downgraded", Outcome.Success, Following.Package),
        new MessageRule("Reinstalled: ", "package", "package_reinstalled", Outcome.Success, Following.Package),
        new MessageRule("Reinstall: ", "package", "package_reinstalled", Outcome.Success, Following.Package),
        new MessageRule("Erased: ", "package", "package_removed", Outcome.Success, Following.Package),
        new MessageRule("Erase: ", "package", "package_removed", Outcome.Success, Following.Package),
        new MessageRule("Removed: ", "package", "package_removed", Outcome.Success, Following.Package),
        new MessageRule("Obsoleted: ", "package", "package_removed", Outcome.Success, Following.Package),
        new MessageRule("Obsoleting: ", "package", "package_removed", Outcome.Success, Following.Package),
        new MessageRule("Cleanup: ", "package", "package_cleaned", Outcome.Success, Following.Package),
        new MessageRule("scriptlet: ", "package", "package_script", Outcome.Unknown, Following.Package),
        new MessageRule("Running scriptlet: ", "package", "package_script", Outcome.Unknown, Following.Package));

    // pacman: "installed bash (5.2-1)", "upgraded bash (5.1-1 -> 5.2-1)"; pkg of FreeBSD: "bash-5.2 installed"
    private static readonly MessageTable s_verbs = new(
        new MessageRule("installed ", "package", "package_installed", Outcome.Success),
        new MessageRule("upgraded ", "package", "package_upgraded", Outcome.Success),
        new MessageRule("downgraded ", "package", "package_downgraded", Outcome.Success),
        new MessageRule("reinstalled ", "package", "package_reinstalled", Outcome.Success),
        new MessageRule("removed ", "package", "package_removed", Outcome.Success));

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in SystemMessage message)
    {
        if (TryClassifyLabel(message))
        {
            return;
        }

        ReadOnlySpan<byte> text = message.Text;
        if (text.EndsWith(" installed"u8) || text.EndsWith(" deinstalled"u8))
        {
            bool isRemoved = text.EndsWith(" deinstalled"u8);
            message.Set("package", isRemoved ? "package_removed" : "package_installed", Outcome.Success);
            PackageName.Set(message.Target, message.Context, Utf8Text.Before(text, (byte)' '));
            return;
        }

        TryClassifyVerb(message);
    }

    /// <summary>
    /// Classifies a message that begins with what was done and a colon: <c>Installed: bash-5.2-1</c>.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryClassifyLabel(in SystemMessage message) => s_messages.TryClassify(message);

    /// <summary>Classifies a message of pacman's library: <c>upgraded bash (5.1-1 -> 5.2-1)</c>.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryClassifyVerb(in SystemMessage message)
    {
        if (s_verbs.Find(message.Text, out ReadOnlySpan<byte> rest) is not { } rule
            || !Utf8Text.TrySplit(rest, " ("u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> version)
            || name.Contains((byte)' ') || !version.EndsWith(")"u8))
        {
            return false;
        }

        version = version[..^1];
        int arrow = version.LastIndexOf(" -> "u8);
        message.Set(rule.Category, rule.Action, rule.Outcome);
        message.Target.PackageName = message.Get(name);
        message.Target.PackageVersion = message.Get(arrow < 0 ? version : version[(arrow + 4)..]);
        return true;
    }
}
