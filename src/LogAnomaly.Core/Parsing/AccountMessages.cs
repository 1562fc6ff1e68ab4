namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of the programs that change users and their passwords (shadow-utils, passwd), of old and new
/// versions; those about groups are <see cref="GroupMessages"/>'s.
/// </summary>
internal static class AccountMessages
{
    private const string Iam = "iam";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        if (message.Text.IsEmpty)
        {
            return;
        }

        _ = TryCreate(message) || GroupMessages.TryClassify(message) || TryRemove(message) || TryPassword(message)
            || TryChange(message) || TryOther(message) || TryFail(message);
    }

    // "new user: name=NAME, UID=1, GID=1, home=/home/x, shell=/bin/sh[, from=/dev/pts/1]", "new account added -
    // account=NAME, uid=1, gid=1, home=/home/x, shell=/bin/sh, by=0"
    private static bool TryCreate(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "new user: name="u8)
            && !Utf8Text.TryTake(ref text, "new account added - account="u8)
            && !Utf8Text.TryTake(ref text, "new user added - account="u8))
        {
            return false;
        }

        message.Set(Iam, "user_added", Outcome.Success);
        message.SetTargetUser(Utf8Text.Before(text, (byte)','));
        message.SetTty(Utf8Text.Between(text, ", from="u8, (byte)','));
        return true;
    }

    // "delete user 'NAME'", "account deleted - account=NAME, uid=1, by=0"
    private static bool TryRemove(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isAccount = Utf8Text.TryTake(ref text, "account deleted - account="u8);
        if (!isAccount && !Utf8Text.TryTake(ref text, "delete user "u8)
            && !Utf8Text.TryTake(ref text, "deleting user "u8))
        {
            return false;
        }

        message.Set(Iam, "user_deleted", Outcome.Success);
        message.SetTargetUser(isAccount ? Utf8Text.Before(text, (byte)',') : text);
        return true;
    }

    // "password for ['NAME' / NAME] changed by [WHO]", "password changed for NAME", "changed password expiry for NAME",
    // "password locked for 'NAME'", "change user password: ...", "password change for NAME ..."
    private static bool TryPassword(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "password for "u8)
            && Utf8Text.TrySplitLast(text, " changed by "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> who))
        {
            message.Set(Iam, "password_changed", Outcome.Success);
            message.SetTargetUser(name);
            message.SetUser(who);
            return true;
        }

        text = message.Text;
        bool isExpiry = Utf8Text.TryTake(ref text, "changed password expiry for "u8);
        bool isLock = !isExpiry && Utf8Text.TryTake(ref text, "password locked for "u8);
        if (!isExpiry && !isLock && !Utf8Text.TryTake(ref text, "password changed for "u8))
        {
            return false;
        }

        message.Set(Iam, isExpiry ? "user_modified" : isLock ? "user_locked" : "password_changed", Outcome.Success);
        message.SetTargetUser(text);
        message.Target.Reason = isExpiry ? "password expiry" : null;
        return true;
    }

    // "change user 'NAME' WHAT [from ... to ...]", "change user name 'OLD' to 'NEW'", "changed user 'NAME'
    // information", "lock user 'NAME' password", "unlock user 'NAME' password", "account changed - account=NAME, uid=1,
    // by=0"
    private static bool TryChange(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isLock = Utf8Text.TryTake(ref text, "lock user "u8);
        bool isUnlock = !isLock && Utf8Text.TryTake(ref text, "unlock user "u8);
        bool isAccount = !isLock && !isUnlock && (Utf8Text.TryTake(ref text, "account changed - account="u8)
            || Utf8Text.TryTake(ref text, "account unlocked - account="u8)
            || Utf8Text.TryTake(ref text, "account locked - account="u8));
        if (!isLock && !isUnlock && !isAccount && !Utf8Text.TryTake(ref text, "change user "u8)
            && !Utf8Text.TryTake(ref text, "changed user "u8))
        {
            return false;
        }

        bool isRename = Utf8Text.TryTake(ref text, "name "u8);
        ReadOnlySpan<byte> name = isAccount ? Utf8Text.Before(text, (byte)',')
            : text.StartsWith("'"u8) ? Utf8Text.Between(text, "'"u8, (byte)'\'') : Utf8Text.Before(text, (byte)' ');
        int end = name.Length + (text.StartsWith("'"u8) ? 2 : 0);
        ReadOnlySpan<byte> what = end < text.Length ? text[end..] : default;
        bool isPassword = what.EndsWith(" password"u8) && !isLock && !isUnlock;
        message.Set(Iam, isLock ? "user_locked" : isUnlock ? "user_unlocked" : isPassword ? "password_changed"
            : "user_modified", Outcome.Success);
        message.SetTargetUser(name);
        message.SetReason(isLock || isUnlock || isPassword || isAccount ? default
            : isRename ? "name"u8 : Utf8Text.Before(Utf8Text.Trim(what), (byte)' '));
        return true;
    }

    // "failed adding user 'NAME'[, exit code: 9]", "failed to add user NAME", "failed to change password of ..."
    private static bool TryFail(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "failed adding user "u8) || Utf8Text.TryTake(ref text, "failed to add user "u8))
        {
            bool hasReason = Utf8Text.TrySplit(text, ", "u8, out ReadOnlySpan<byte> name,
                out ReadOnlySpan<byte> reason);
            message.Set(Iam, "user_added", Outcome.Failure);
            message.SetTargetUser(hasReason ? name : text);
            message.SetReason(reason);
            return true;
        }

        bool isCommand = message.Target.Program is "useradd" or "adduser" or "usermod" or "userdel" or "passwd"
            or "chpasswd" or "newusers" or "chage" or "chsh" or "chfn";
        if (!isCommand || !(text.StartsWith("failed "u8) || text.StartsWith("can't "u8)
            || text.StartsWith("cannot "u8)))
        {
            return false;
        }

        message.Set(Iam, "user_modified", Outcome.Failure);
        message.SetReason(text);
        return true;
    }

    // "incorrect password for 'NAME'" of passwd, "can't view or modify password information for NAME", "root is not
    // authorized by SELinux to change the password of NAME", "'NAME' (login 'WHO' on TTY) switched to group 'GROUP'"
    private static bool TryOther(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "incorrect password for "u8))
        {
            message.Set("authentication", "password_change", Outcome.Failure);
            message.SetUser(text.Trim("`'"u8));
            message.Target.Reason = "incorrect password";
            return true;
        }

        if (Utf8Text.TryTake(ref text, "can't view or modify password information for "u8))
        {
            message.Set(Iam, "user_modified", Outcome.Failure);
            message.SetTargetUser(text);
            message.Target.Reason = "can't view or modify password information";
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "root is not authorized by SELinux to change the password of "u8))
        {
            return false;
        }

        message.Set(Iam, "password_changed", Outcome.Failure);
        message.SetTargetUser(text);
        message.Target.Reason = "not authorized by SELinux";
        return true;
    }
}
