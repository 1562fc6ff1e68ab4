namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies what OpenSSH's sftp server says of files, with its paths in quotes: <c>VERB SP DQUOTE path DQUOTE
/// ...</c>. Its lines of sessions are <see cref="SshdLoginMessages"/>'s.
/// </summary>
internal static class SftpMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a file.</returns>
    public static bool TryClassify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        ReadOnlySpan<byte> verb = Utf8Text.Before(text, (byte)' ');
        if (text.Length < verb.Length + 3 || text[verb.Length + 1] != '"')
        {
            return TryStatus(message, text);
        }

        string? action = verb.Length switch
        {
            4 when verb.SequenceEqual("open"u8) => "sftp_open",
            5 when verb.SequenceEqual("close"u8) => "sftp_close",
            7 when verb.SequenceEqual("opendir"u8) => "sftp_opendir",
            3 when verb.SequenceEqual("set"u8) => "sftp_set",
            8 when verb.SequenceEqual("closedir"u8) => "sftp_closedir",
            _ => null,
        };
        if (action is null)
        {
            return false;
        }

        message.Set("session", action, Outcome.Unknown);
        message.Target.Command = message.Get(text);
        return true;
    }

    // "remove name "PATH"", "mkdir name "PATH" mode 0777", "rename old "PATH" new "PATH"", "sent status No such file"
    private static bool TryStatus(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        string? action = null;
        if (text.StartsWith("remove name \""u8))
        {
            action = "sftp_remove";
        }
        else if (text.StartsWith("rename old \""u8) || text.StartsWith("posix-rename old \""u8))
        {
            action = "sftp_rename";
        }
        else if (text.StartsWith("mkdir name \""u8))
        {
            action = "sftp_mkdir";
        }
        else if (text.StartsWith("rmdir name \""u8))
        {
            action = "sftp_rmdir";
        }
        else if (text.StartsWith("symlink old \""u8) || text.StartsWith("hardlink old \""u8))
        {
            action = "sftp_symlink";
        }
        else if (Utf8Text.TryTake(ref text, "sent status "u8))
        {
            message.Set("session", "sftp_status", Outcome.Unknown);
            message.SetReason(text);
            return true;
        }

        if (action is null)
        {
            return false;
        }

        message.Set("session", action, Outcome.Unknown);
        message.Target.Command = message.Get(text);
        return true;
    }
}
