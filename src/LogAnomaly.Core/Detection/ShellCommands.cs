using System.Collections.Frozen;

namespace LogAnomaly.Detection;

/// <summary>Tells which commands are shells, start one by their arguments, or let their user start one.</summary>
internal static class ShellCommands
{
    private static readonly FrozenSet<string> s_shells = FrozenSet.ToFrozenSet(
        [
            "sh", "bash", "rbash", "dash", "ash", "zsh", "ksh", "ksh93", "mksh", "csh", "tcsh", "fish", "pwsh", "su",
            "busybox", "screen", "tmux",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_escapes = FrozenSet.ToFrozenSet(
        [
            "vi", "vim", "vim.basic", "vim.tiny", "nvim", "view", "rvim", "vimdiff", "emacs", "nano", "pico", "ed",
            "ex", "less", "more", "most", "man", "python", "perl", "ruby", "lua", "node", "php", "irb", "awk", "gawk",
            "mawk", "nawk", "gdb", "expect", "script", "strace", "ftp", "sqlite3", "mysql", "psql", "nmap", "tclsh",
            "wish",
        ],
        StringComparer.Ordinal);

    // Arguments that hand over to a program of the user's choice.
    private static readonly string[] s_marks =
    [
        "--checkpoint-action", "--interactive", "ProxyCommand=", "os.system", "os.exec", "pty.spawn", "subprocess",
        "os.popen", "os.execute", "io.popen", "system(", "exec(", "child_process", "passthru", "shell_exec", ":!",
        "!sh", "!bash", "PAGER=", "--use-compress-program", "--rsh=", "APT::Update::Pre-Invoke", "core.pager",
    ];

    /// <summary>What a command gives its user.</summary>
    /// <param name="command">The command with its arguments.</param>
    /// <returns>Whether it gives a shell.</returns>
    public static ShellAccess AccessOf(string command)
    {
        string name = WithoutVersion(CommandText.NameOf(CommandText.FirstWord(command))).ToString();
        if (s_shells.Contains(name))
        {
            return AccessOfShell(name, command);
        }

        if (HasMark(command) || StartsShell(name, command))
        {
            return ShellAccess.Shell;
        }

        return s_escapes.Contains(name) ? ShellAccess.Possible : ShellAccess.None;
    }

    /// <summary>
    /// The user that a command of su becomes: that of "su - postgres" is postgres, that of "su -" is root.
    /// </summary>
    /// <param name="command">The command with its arguments.</param>
    /// <returns>The user, or null where the command is not su.</returns>
    public static string? UserOfSu(string command)
    {
        if (CommandText.NameOf(CommandText.FirstWord(command)) is not "su")
        {
            return null;
        }

        bool isFirst = true;
        bool isValue = false;
        foreach (Range range in new CommandText.WordRanges(command))
        {
            ReadOnlySpan<char> word = command.AsSpan(range);
            if (!isFirst && !isValue && word[0] != '-')
            {
                return word.ToString();
            }

            isValue = !isFirst && word is "-c" or "--command" or "-s" or "--shell" or "-g" or "-G" or "-w";
            isFirst = false;
        }

        return "root";
    }

    // "python3.11" is python, "ruby2.7" ruby.
    private static ReadOnlySpan<char> WithoutVersion(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> bare = name.TrimEnd("0123456789.");
        return bare.Length >= 2 && bare is not "ksh" and not "sqlite" and not "vim" ? bare : name;
    }

    // "sh", "bash -i" and "su - root" wait for the user; "bash -c '...'" runs a text, "sh /opt/backup.sh" a script.
    private static ShellAccess AccessOfShell(string name, string command)
    {
        if (name is "screen" or "tmux" or "busybox")
        {
            return ShellAccess.Shell;
        }

        bool isFirst = true;
        bool hasScript = false;
        foreach (Range range in new CommandText.WordRanges(command))
        {
            ReadOnlySpan<char> word = command.AsSpan(range);
            bool isOption = word[0] == '-';
            if (!isFirst && isOption && !word.StartsWith("--") && word.Contains('c') && !hasScript)
            {
                return IsShellWord(command.AsSpan(range.End.Value)) ? ShellAccess.Shell : ShellAccess.Possible;
            }

            hasScript |= !isFirst && !isOption && name != "su";
            isFirst = false;
        }

        return hasScript ? ShellAccess.None : ShellAccess.Shell;
    }

    // What follows -c, where it is a shell again, or a list with one at its end.
    private static bool IsShellWord(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> word = text.Trim().Trim('"').Trim('\'').Trim();
        int list = word.LastIndexOfAny(';', '&');
        word = list < 0 ? word : word[(list + 1)..].TrimStart();
        ReadOnlySpan<char> first = CommandText.FirstWord(word);
        return s_shells.Contains(CommandText.NameOf(first).ToString())
            && (word.Length == first.Length || word[first.Length..].TrimStart().StartsWith("-i"));
    }

    private static bool HasMark(string command)
    {
        foreach (string mark in s_marks)
        {
            if (command.Contains(mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // "find . -exec /bin/sh", "env /bin/bash", "xargs sh", "nice sh", "awk 'BEGIN {system(...)}'": a program that runs
    // another.
    private static bool StartsShell(string name, string command)
    {
        bool isRunner = name is "find" or "env" or "xargs" or "nice" or "ionice" or "timeout" or "nohup" or "setsid"
            or "stdbuf" or "time" or "unshare" or "nsenter" or "chroot" or "flock" or "taskset" or "watch" or "script"
            or "strace" or "ssh" or "runuser" or "setarch" or "start-stop-daemon" or "systemd-run" or "machinectl"
            or "docker" or "podman" or "lxc";
        if (!isRunner)
        {
            return false;
        }

        bool isFirst = true;
        foreach (Range range in new CommandText.WordRanges(command))
        {
            string word = CommandText.NameOf(command.AsSpan(range)).ToString();
            if (!isFirst && s_shells.Contains(word) && IsLastOrInteractive(command.AsSpan(range.End.Value)))
            {
                return true;
            }

            isFirst = false;
        }

        return name == "runuser" && !command.Contains(" -c", StringComparison.Ordinal)
            && !command.Contains(" -- ", StringComparison.Ordinal);
    }

    // "sh -c 'backup'" behind env runs a text; "sh", "sh -i", "sh ;" (of find) and "sh -p" do not.
    private static bool IsLastOrInteractive(ReadOnlySpan<char> rest)
    {
        rest = rest.Trim();
        return rest.IsEmpty || rest[0] is ';' or '\\' || rest.StartsWith("-i") || rest.StartsWith("-p")
            || rest.StartsWith("-l");
    }
}
