namespace LogAnomaly.Analysis;

/// <summary>
/// Says in words what was done after a login. Names and commands come from attackers: they are cut and made visible.
/// </summary>
internal static class SessionDeeds
{
    private const int LongestName = 40;
    private const int LongestCommand = 100;

    /// <summary>Adds what an event says was done to a story.</summary>
    /// <param name="story">The story.</param>
    /// <param name="act">What the event says.</param>
    public static void Add(SessionStory story, in SessionAct act)
    {
        if (act.Action == "sudo_command" && act.Text(LogField.Command) is { } command)
        {
            SessionStory.Keep(story.Commands, command, SessionStory.MostNames);
        }

        if (act.Action == "user_added" && act.Outcome != Outcome.Failure)
        {
            SessionStory.Keep(story.AccountsMade, act.TargetUser, SessionStory.MostNames);
        }

        story.AddDeed(Say(act));
    }

    /// <summary>A name, safe to show.</summary>
    /// <param name="name">The name, or null.</param>
    /// <returns>Its start.</returns>
    public static string Name(string? name) =>
        name is null ? "an account" : name.Length == 0 ? "(empty)" : VisibleText.Start(name, LongestName);

    private static string? Say(in SessionAct act)
    {
        string target = Name(act.TargetUser);
        string group = Name(act.Text(LogField.Reason));
        bool failed = act.Outcome == Outcome.Failure;
        return act.Action switch
        {
            "sudo_command" => SayCommand(act, failed),
            "su" => failed ? $"failed to become {target}" : $"became {target} by su",
            "pam_authentication" => failed ? $"failed to authenticate for {Name(act.Event.Program)}" : null,
            "user_added" => $"made the user {target}",
            "user_deleted" => $"deleted the user {target}",
            "user_enabled" => $"enabled the user {target}",
            "user_unlocked" => $"unlocked the user {target}",
            "user_modified" or "user_rights_changed" => $"changed the user {target}",
            "user_renamed" => $"renamed the user {target}",
            "group_added" => null,
            "group_deleted" => $"deleted the group {group}",
            "group_member_added" => act.Event.Kind == LogKind.Windows
                ? $"added {target} to a group"
                : $"added {target} to the group {group}",
            "password_changed" or "password_reset" => $"changed the password of {target}",
            "crontab_replaced" or "crontab_edited" => $"changed the crontab of {Name(act.TargetUser ?? act.UserName)}",
            "crontab_deleted" => $"deleted the crontab of {Name(act.TargetUser ?? act.UserName)}",
            "service_installed" => $"installed the service {Name(act.Text(LogField.ServiceName))}",
            "task_added" or "task_modified" or "task_enabled" =>
                $"set up the task {Name(act.Text(LogField.ServiceName))}",
            "service_stopped" => $"stopped {Name(act.Text(LogField.ServiceName))}",
            "event_log_cleared" => "cleared an event log",
            _ => null,
        };
    }

    private static string? SayCommand(in SessionAct act, bool failed)
    {
        string? command = act.Text(LogField.Command);
        if (command is null)
        {
            return failed ? "was refused by sudo" : null;
        }

        string shown = VisibleText.Start(command, LongestCommand);
        string user = act.TargetUser is null or "root" ? "" : $" as {Name(act.TargetUser)}";
        return failed ? $"was refused {shown}{user} by sudo" : $"ran {shown}{user} by sudo";
    }
}
