namespace LogAnomaly.Parsing;

/// <summary>
/// Processes that crash, hang or are killed for memory, as the kernel and the guards of memory word it:
/// <code>
/// app[12]: segfault at 0 ip 00007f.. sp 00007f.. error 4 in lib.so[...]
/// traps: app[12] general protection fault ip:7f.. sp:7f.. error:0 in lib.so[...]
/// app invoked oom-killer: gfp_mask=...
/// oom-kill:constraint=CONSTRAINT_MEMCG,...,task=app,pid=12,uid=1000
/// INFO: task app:12 blocked for more than 120 seconds.
/// </code>
/// The name of a process is its owner's choice, so that it is taken from between fixed words.
/// </summary>
internal static class ProcessFaults
{
    /// <summary>Classifies a message of the kernel.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is about a process that crashed, hangs or was killed.</returns>
    public static bool TryClassify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("oom-kill:"u8))
        {
            message.Set("process", "out_of_memory", Outcome.Failure);
            int task = text.LastIndexOf(",task="u8);
            int process = task < 0 ? -1 : text[task..].LastIndexOf(",pid="u8);
            message.Target.Command = process > 6 ? message.Get(text.Slice(task + 6, process - 6)) : null;
            message.Target.Reason = message.Get(Utf8Text.Between(text, "constraint="u8, (byte)','));
            return true;
        }

        int invoked = text.IndexOf(" invoked oom-killer: "u8);
        if (invoked > 0)
        {
            message.Set("process", "out_of_memory", Outcome.Failure);
            message.Target.Command = message.Get(text[..invoked]);
            return true;
        }

        if (text.StartsWith("INFO: task "u8) && text.LastIndexOf(" blocked for more than "u8) is > 0 and int blocked)
        {
            message.Set("process", "task_hung", Outcome.Failure);
            ReadOnlySpan<byte> task = text["INFO: task ".Length..blocked];
            int colon = task.LastIndexOf((byte)':');
            message.Target.Command = message.Get(colon < 0 ? task : task[..colon]);
            return true;
        }

        return TryClassifyTrap(message);
    }

    /// <summary>Classifies a message of systemd-oomd or earlyoom.</summary>
    /// <param name="message">The message.</param>
    public static void ClassifyGuard(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "Killed "u8))
        {
            // "Killed /system.slice/app.service due to memory used (..) / total (..) being more than 90.00%"
            ReadOnlySpan<byte> group = Utf8Text.Before(text, (byte)' ');
            message.Set("process", "out_of_memory", Outcome.Failure);
            message.Target.ServiceName = message.Get(group[(group.LastIndexOf((byte)'/') + 1)..]);
            message.Target.Reason = Utf8Text.TrySplit(text, " due to "u8, out _, out ReadOnlySpan<byte> reason)
                ? message.Get(reason)
                : null;
        }
        else if (text.StartsWith("sending SIGTERM to process "u8) || text.StartsWith("sending SIGKILL to process "u8))
        {
            // earlyoom: sending SIGTERM to process 12 uid 1000 "app": badness 9, VmRSS 1 MiB
            message.Set("process", "out_of_memory", Outcome.Failure);
            int open = text.IndexOf((byte)'"');
            int close = text.LastIndexOf("\": "u8);
            message.Target.Command = open > 0 && close > open ? message.Get(text[(open + 1)..close]) : null;
        }
    }

    private static bool TryClassifyTrap(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        Utf8Text.TryTake(ref text, "traps: "u8);
        int end = text.LastIndexOf("]: segfault at "u8);
        ReadOnlySpan<byte> reason = "segfault"u8;
        if (end < 0)
        {
            end = text.LastIndexOf("] general protection"u8);
            reason = "general protection fault"u8;
        }

        if (end < 0)
        {
            end = text.LastIndexOf("] trap "u8);
            reason = end < 0 ? default : Utf8Text.Trim(Between(text[(end + 2)..], " ip:"u8));
        }

        int process = end < 0 ? -1 : text[..end].LastIndexOf((byte)'[');
        if (process <= 0 || text[(process + 1)..end].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        message.Set("process", "process_crashed", Outcome.Failure);
        message.Target.Command = message.Get(text[..process]);
        message.Target.Reason = message.Get(reason);
        return true;
    }

    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end)
    {
        int at = text.IndexOf(end);
        return at < 0 ? text : text[..at];
    }
}
