namespace LogAnomaly.Analysis;

/// <summary>
/// The logins that have not ended, by host. An event that names no source (sudo, useradd, crontab) is given to the
/// login whose user did it: by session id, else by terminal, else by user; what root does to the one login that is or
/// has become root and was active within the hour. Where two logins from different sources could have done it, it is
/// given to neither, unless one of them was active just before.
/// </summary>
internal sealed class OpenLogins
{
    private const string Root = "root";
    private const int MostHosts = 10_000;
    private const int MostOnHost = 64;
    private static readonly long s_longestSilence = TimeSpan.FromHours(12).Ticks;
    private static readonly long s_longestShell = TimeSpan.FromHours(12).Ticks;
    private static readonly long s_longestCommand = TimeSpan.FromMinutes(15).Ticks;
    private static readonly long s_longestPause = TimeSpan.FromHours(1).Ticks;
    private static readonly long s_justBefore = TimeSpan.FromSeconds(30).Ticks;
    private static readonly long s_slack = TimeSpan.FromSeconds(2).Ticks;

    private readonly Dictionary<string, List<OpenLogin>> _byHost = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes an event: a login opens, a logout closes, sudo and su make another user of it.</summary>
    /// <param name="act">What the event says.</param>
    /// <param name="stage">The stage that it would belong to.</param>
    /// <returns>
    /// The login that the event belongs to or ends, where the event does not say itself where it comes from; else null.
    /// </returns>
    public OpenLogin? Take(in SessionAct act, SessionStage? stage)
    {
        if (act.Ticks < 0 || act.IsScheduled)
        {
            return null;
        }

        if (stage == SessionStage.Success && act.Source is not null)
        {
            Open(act);
            return null;
        }

        if (!_byHost.TryGetValue(act.Event.HostName ?? "", out List<OpenLogin>? logins) || logins.Count == 0)
        {
            return null;
        }

        Forget(logins, act.Ticks);
        if (act.Category == "session")
        {
            return TakeSession(act, logins);
        }

        if (stage is null || act.Source is not null)
        {
            return null;
        }

        OpenLogin? found = Find(act, logins);
        if (found is not null)
        {
            Note(found, act);
        }

        return found;
    }

    private void Open(in SessionAct act)
    {
        bool isShell = act.Action == "ssh_login"
            || (act.Action == "login"
                && (act.Event.Kind == LogKind.Windows || act.Event.Program is "login" or "remote" or "remote-login"));
        if (!isShell || act.UserName is not { } user || act.Source is not { } source)
        {
            return;
        }

        string host = act.Event.HostName ?? "";
        if (!_byHost.TryGetValue(host, out List<OpenLogin>? logins))
        {
            if (_byHost.Count >= MostHosts)
            {
                _byHost.Clear();
            }

            _byHost.Add(host, logins = []);
        }

        if (logins.Count >= MostOnHost)
        {
            logins.RemoveAt(0);
        }

        logins.Add(new OpenLogin
        {
            Source = source,
            UserName = user,
            Start = act.Ticks,
            LastSeen = act.Ticks,
            ProcessId = act.Event.ProcessId,
            SessionId = act.Text(LogField.SessionId),
        });
    }

    private static void Forget(List<OpenLogin> logins, long ticks) =>
        logins.RemoveAll(login => ticks - login.LastSeen > s_longestSilence || login.Start - ticks > s_slack);

    private static OpenLogin? TakeSession(in SessionAct act, List<OpenLogin> logins)
    {
        bool isElevation = act.Event.Program is "su" or "sudo";
        if (act.Action == "session_opened")
        {
            Opened(act, logins, isElevation);
        }
        else if (act.Action is "session_closed" or "session_logout" or "ssh_disconnect")
        {
            if (!isElevation)
            {
                return Close(act, logins);
            }

            Return(act, logins);
        }

        return null;
    }

    private static OpenLogin? Close(in SessionAct act, List<OpenLogin> logins)
    {
        string? session = act.Text(LogField.SessionId);
        int? process = act.Event.ProcessId;
        string? user = act.UserName;
        int at = session is not null
            ? logins.FindLastIndex(login => login.SessionId == session)
            : logins.FindLastIndex(login => process is not null && login.ProcessId == process);
        if (at < 0 && session is null && process is null)
        {
            at = logins.FindLastIndex(login => login.UserName == user);
        }

        OpenLogin? closed = at < 0 ? null : logins[at];
        logins.RemoveRange(Math.Max(at, 0), closed is null ? 0 : 1);
        return closed;
    }

    private static void Opened(in SessionAct act, List<OpenLogin> logins, bool isElevation)
    {
        string? user = act.UserName;
        if (isElevation && act.TargetUser is { } target)
        {
            // PAM tells of the end of it too, so it may last.
            if (FindByUser(act, logins, user) is { } login)
            {
                login.Became[target] = act.Ticks + s_longestShell;
            }
        }
        else if (act.Text(LogField.SessionId) is { } session
            && logins.FindLast(login => login.UserName == user && login.SessionId is null) is { } opened)
        {
            opened.SessionId = session;
        }
    }

    // "session closed for user root" does not say whose it was; where only one login is root, it was that one's.
    private static void Return(in SessionAct act, List<OpenLogin> logins)
    {
        long ticks = act.Ticks;
        string user = act.UserName ?? Root;
        List<OpenLogin> elevated =
            logins.FindAll(login => login.Became.TryGetValue(user, out long until) && ticks <= until);
        if (elevated.Count == 1)
        {
            elevated[0].Became[user] = ticks;
        }
    }

    private static OpenLogin? Find(in SessionAct act, List<OpenLogin> logins)
    {
        if (act.Event.Kind == LogKind.Windows)
        {
            string? session = act.Text(LogField.SessionId);
            return session is null ? null : logins.FindLast(login => login.SessionId == session);
        }

        if (act.UserName is { } user && user != Root)
        {
            return FindByUser(act, logins, user);
        }

        // Who changes a password with no word of who does it, and is logged in, changes the own one.
        string? target = act.TargetUser;
        if (act.Action == "password_changed" && target != Root && logins.Exists(login => login.UserName == target))
        {
            return FindByUser(act, logins, target);
        }

        long ticks = act.Ticks;
        return FindByUser(act, logins.FindAll(login => ticks - login.LastSeen <= s_longestPause), Root);
    }

    private static OpenLogin? FindByUser(in SessionAct act, List<OpenLogin> logins, string? user)
    {
        long ticks = act.Ticks;
        List<OpenLogin> able = logins.FindAll(login => login.ActsAs(user ?? Root, ticks));
        if (able.Count > 1 && TtyOf(act) is { } tty)
        {
            // A terminal that is known decides; one that is not known yet is that of a login without one.
            OpenLogin? known = able.Find(login => login.Tty == tty);
            able = known is not null ? [known] : able.FindAll(login => login.Tty is null);
        }

        if (able.Count > 1 && able.Exists(login => login.Source != able[0].Source))
        {
            List<OpenLogin> active = able.FindAll(login => ticks - login.LastSeen <= s_justBefore);
            return active.Count == 1 ? active[0] : null;
        }

        return able.Count == 0 ? null : able[^1];
    }

    private static void Note(OpenLogin login, in SessionAct act)
    {
        login.LastSeen = act.Ticks;
        login.Tty ??= act.Action is "sudo_command" or "su" ? TtyOf(act) : null;
        bool becomes = act.Outcome == Outcome.Success && act.Action is "sudo_command" or "su";
        if (becomes)
        {
            string target = act.TargetUser ?? Root;
            long until = act.Ticks + s_longestCommand;
            login.Became[target] = Math.Max(login.Became.GetValueOrDefault(target), until);
        }
    }

    private static string? TtyOf(in SessionAct act) => act.Text(LogField.Tty) is { } tty && tty != "unknown"
        ? tty.StartsWith("/dev/", StringComparison.Ordinal) ? tty[5..] : tty
        : null;
}
