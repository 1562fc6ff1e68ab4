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
        if (!SyslogHeader.TryRead(bytes, context, out SyslogHeader header))
        {
            return IsNotice(bytes) ? LogFormat.NoEvent : null;
        }

        if (ApacheErrorFormat.IsServer(header.Program)
            && ApacheErrorFormat.ParseBehind(header, line, context) is { } server)
        {
            return server;
        }

        return Make(line, header, context);
    }

    /// <summary>Makes an event of a line whose header is known.</summary>
    /// <param name="line">The line; its buffer may hold the message behind it.</param>
    /// <param name="header">Its header.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event.</returns>
    internal static LineEvent Make(in LogLine line, scoped in SyslogHeader header, ParseContext context)
    {
        SyslogState state = context.Syslog;
        SyslogProgram? program = header.Program.IsEmpty ? null : state.Program(header.Program, context.Pool);
        int length = header.MessageLength(line);
        ReadOnlySpan<byte> message = line.Buffer.AsSpan(line.Start + header.MessageStart, length);
        ReadOnlySpan<byte> text = Unwrap(message, out LogLevel? level, out int repeats);
        level = header.Level ?? level;
        if (header.IsStructured)
        {
            context.Source.PropertyReader ??= Rfc5424Header.ReadProperties;
        }

        bool isRepeat = SyslogRepeats.IsRepeat(text);
        AuthProgram family = program?.Auth ?? AuthProgram.None;
        bool isPam = PamMessages.IsPam(text) || header.SubTag.StartsWith("pam_"u8);
        if (!isRepeat && (isPam || family != AuthProgram.None))
        {
            AuthEvent auth = new(line, context.Source) { RepeatCount = repeats };
            Fill(auth, header, program, level, message.Length, context);
            if (TryClassify(new AuthMessage(auth, context, text), family, isPam))
            {
                auth.Level ??= auth.Outcome == Outcome.Failure ? LogLevel.Warning : LogLevel.Informational;
                state.Repeats.Keep(auth);
                return auth;
            }
        }

        SystemEvent made = new(line, context.Source) { RepeatCount = repeats, Facility = header.Facility };
        Fill(made, header, program, level, message.Length, context);
        if (isRepeat)
        {
            return RepeatedEvent.Make(line, made, SyslogRepeats.Count(text), context);
        }

        SystemMessages.Classify(made, context, text, program?.System ?? SystemProgram.None);
        state.Repeats.Keep(made);
        return made;
    }

    private static void Fill(
        LineEvent made, scoped in SyslogHeader header, SyslogProgram? program, LogLevel? level, int messageLength,
        ParseContext context)
    {
        made.Timestamp = header.Time;
        made.HostName = header.Host.IsEmpty ? null : context.Syslog.Host(header.Host, context.Pool);
        made.Program = program?.Name;
        made.ProcessId = header.ProcessId;
        made.Level = level;
        made.SetMessage(header.MessageStart, messageLength);
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

    // "-- Logs begin at ...", "-- Boot 1f... --", "-- No entries --"; the heading of macOS's log.
    private static bool IsNotice(ReadOnlySpan<byte> line) =>
        (line.StartsWith("-- "u8) && (line.EndsWith(" --"u8) || line.StartsWith("-- cursor: "u8)))
        || (line.StartsWith("Timestamp "u8) && line.IndexOf("(process)[PID]"u8) > 0)
        || line.StartsWith("Filtering the log data using "u8) || line.StartsWith("Skipping info and debug messages"u8);

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
    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> text, out LogLevel? level, out int repeats)
    {
        level = null;
        repeats = 1;
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
            repeats = Math.Max(1, SyslogRepeats.CountOfWrapped(text));
            text = Utf8Text.Trim(repeated[..^1]);
        }

        return text;
    }

    /// <summary>The family of programs of authentication that a program belongs to.</summary>
    /// <param name="program">Its name, or null.</param>
    /// <returns>The family.</returns>
    internal static AuthProgram Family(string? program)
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
            case "login" or "/bin/login" or "remote-login" or "in.telnetd" or "telnetd" or "rlogin" or "rlogind"
                or "in.rlogind" or "remote":
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
