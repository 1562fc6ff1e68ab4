namespace LogAnomaly.Parsing;

/// <summary>
/// Makes events of syslog lines, for <see cref="SyslogFormat"/> and <see cref="AuthFormat"/>: an <see
/// cref="AuthEvent"/> where the program or the message is about authentication, else a <see cref="SystemEvent"/>.
/// </summary>
internal static class SyslogEvents
{
    /// <summary>Makes an event of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where the line has no syslog header.</returns>
    public static LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> bytes = line.Span;
        if (!SyslogHeader.TryRead(bytes, context.Clock, out SyslogHeader header))
        {
            return null;
        }

        if (ApacheErrorFormat.IsServer(header.Program)
            && ApacheErrorFormat.ParseBehind(header, line, context) is { } server)
        {
            return server;
        }

        string? program = header.Program.IsEmpty ? null : context.Pool.Get(header.Program);
        ReadOnlySpan<byte> text = Unwrap(bytes[header.MessageStart..], out LogLevel? level);
        AuthProgram family = Family(program);
        bool isPam = PamMessages.IsPam(text) || header.SubTag.StartsWith("pam_"u8);
        level = header.Level ?? level;
        if (isPam || family != AuthProgram.None)
        {
            AuthEvent auth = new(line, context.Source);
            Fill(auth, header, program, level, context);
            if (TryClassify(new AuthMessage(auth, context, text), family, isPam))
            {
                auth.Level ??= auth.Outcome == Outcome.Failure ? LogLevel.Warning : LogLevel.Informational;
                return auth;
            }
        }

        SystemEvent made = new(line, context.Source);
        Fill(made, header, program, level, context);
        return made;
    }

    private static void Fill(
        LineEvent made, in SyslogHeader header, string? program, LogLevel? level, ParseContext context)
    {
        made.Timestamp = header.Time;
        made.HostName = header.Host.IsEmpty ? null : context.Pool.Get(header.Host);
        made.Program = program;
        made.ProcessId = header.ProcessId;
        made.Level = level;
        made.SetMessage(header.MessageStart);
    }

    // Of the lines of a server that does more than to log users in, only those about that are of this kind.
    private static bool TryClassify(in AuthMessage message, AuthProgram family, bool isPam)
    {
        if (isPam)
        {
            ClassifyPam(message, family);
            return true;
        }

        if (family >= AuthProgram.Dropbear)
        {
            return ServiceMessages.TryClassify(message, family);
        }

        Classify(message, family);
        return true;
    }

    private static void ClassifyPam(in AuthMessage message, AuthProgram family)
    {
        PamMessages.Classify(message);
        if (family == AuthProgram.Sshd)
        {
            SshdMessages.SettlePam(message);
        }
    }

    private static void Classify(in AuthMessage message, AuthProgram family)
    {
        switch (family)
        {
            case AuthProgram.Sshd:
                SshdMessages.Classify(message);
                break;
            case AuthProgram.Sudo:
                SudoMessages.Classify(message);
                break;
            case AuthProgram.Su:
                SuMessages.Classify(message);
                break;
            case AuthProgram.Login:
                LoginMessages.Classify(message);
                break;
            case AuthProgram.Account:
                AccountMessages.Classify(message);
                break;
            case AuthProgram.Cron:
                CronMessages.Classify(message);
                break;
            case AuthProgram.Logind:
                LogindMessages.Classify(message);
                break;
            case AuthProgram.Polkit:
                PolkitMessages.Classify(message);
                break;
            default:
                PamMessages.ClassifyText(message);
                break;
        }
    }

    // "[ID 800047 auth.info] text" (Solaris) and "message repeated 2 times: [ text]" (rsyslog) mean what the text
    // means.
    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> text, out LogLevel? level)
    {
        level = null;
        text = Utf8Text.Trim(text);
        if (text.StartsWith("[ID "u8) && Utf8Text.TrySplit(text, "] "u8, out ReadOnlySpan<byte> mark,
            out ReadOnlySpan<byte> rest))
        {
            level = SyslogSeverity.TryParse(mark[(mark.LastIndexOf((byte)' ') + 1)..], out LogLevel named) ? named
                : null;
            text = rest;
        }

        if (text.StartsWith("message repeated "u8) && text[^1] == ']'
            && Utf8Text.TrySplit(text, " times: ["u8, out _, out ReadOnlySpan<byte> repeated))
        {
            text = Utf8Text.Trim(repeated[..^1]);
        }

        return text;
    }

    private static AuthProgram Family(string? program)
    {
        switch (program)
        {
            case null:
                return AuthProgram.None;
            case "sshd" or "sshd-session" or "sshd-auth" or "in.sshd" or "/usr/sbin/sshd" or "sftp-server"
                or "internal-sftp":
                return AuthProgram.Sshd;
            case "sudo" or "sudoedit" or "/usr/bin/sudo":
                return AuthProgram.Sudo;
            case "su" or "su-l" or "runuser" or "runuser-l" or "/bin/su":
                return AuthProgram.Su;
            case "login" or "/bin/login" or "remote-login" or "in.telnetd" or "telnetd" or "rlogin" or "rlogind" or "in.rlogind" or "remote":
                return AuthProgram.Login;
            case "useradd" or "userdel" or "usermod" or "groupadd" or "groupdel" or "groupmod" or "groupmems"
                or "gpasswd" or "passwd" or "chpasswd" or "chgpasswd" or "chage" or "chfn" or "chsh" or "adduser"
                or "addgroup" or "deluser" or "newusers" or "vipw" or "vigr"
                or "newgrp" or "sg" or "expiry" or "faillog" or "grpck" or "pwck" or "pwconv" or "grpconv":
                return AuthProgram.Account;
            case "cron" or "CRON" or "crond" or "CROND" or "crontab" or "anacron" or "atd" or "/usr/sbin/cron"
                or "/USR/SBIN/CRON" or "/usr/sbin/CRON" or "run-parts" or "/usr/bin/crontab":
                return AuthProgram.Cron;
            case "systemd-logind":
                return AuthProgram.Logind;
            case "polkitd" or "pkexec" or "polkit-agent-helper-1":
                return AuthProgram.Polkit;
            case "unix_chkpwd" or "unix2_chkpwd" or "gkr-pam":
                return AuthProgram.PamOnly;
            default:
                return ServiceMessages.Family(program);
        }
    }
}
