namespace LogAnomaly.Parsing;

/// <summary>Classifies the messages of the programs that change users and groups (shadow-utils, passwd).</summary>
internal static class AccountMessages
{
    private const string Iam = "iam";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        _ = TryCreate(message, text) || TryMember(message, text) || TryRemove(message, text) || TryChange(message, text)
            || TryFail(message, text);
    }

    // "new user: name=NAME, UID=1, GID=1, home=/home/x, shell=/bin/sh[, from=/dev/pts/1]", "new group: name=NAME,
    // GID=1",
    // "group added to /etc/group: name=NAME, GID=1"
    private static bool TryCreate(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        bool isUser = Utf8Text.TryTake(ref text, "new user: "u8)
            || Utf8Text.TryTake(ref text, "new account added - account="u8);
        bool isGroup = !isUser
            && (Utf8Text.TryTake(ref text, "new group: "u8) || Utf8Text.TryTake(ref text, "group added to "u8));
        if (!isUser && !isGroup)
        {
            return false;
        }

        message.Set(Iam, isUser ? "user_added" : "group_added", Outcome.Success);
        if (isUser)
        {
            ReadOnlySpan<byte> name = Utf8Text.Between(text, "name="u8, (byte)',');
            message.SetTargetUser(name.IsEmpty ? Utf8Text.Before(text, (byte)',') : name);
            ReadOnlySpan<byte> from = Utf8Text.Between(text, ", from="u8, (byte)',');
            message.Target.Tty = from.SequenceEqual("none"u8) ? null : message.Get(from);
        }

        return true;
    }

    // "add 'NAME' to [shadow ]group 'GROUP'", "delete 'NAME' from [shadow ]group 'GROUP'",
    // gpasswd: "user NAME added by WHO to group GROUP", "user NAME removed by WHO from group GROUP"
    private static bool TryMember(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> name;
        ReadOnlySpan<byte> rest;
        bool isAdded = Utf8Text.TryTake(ref text, "add '"u8);
        if (isAdded || Utf8Text.TryTake(ref text, "delete '"u8))
        {
            if (!Utf8Text.TrySplit(text, "' "u8, out name, out rest) || rest.IndexOf("group "u8) < 0)
            {
                return false;
            }

            SetMember(message, name, isAdded, rest);
            return true;
        }

        if (!Utf8Text.TryTake(ref text, "user "u8) && !Utf8Text.TryTake(ref text, "add member "u8))
        {
            return false;
        }

        isAdded = Utf8Text.TrySplit(text, " added by "u8, out name, out rest);
        if (!isAdded && !Utf8Text.TrySplit(text, " removed by "u8, out name, out rest))
        {
            return false;
        }

        SetMember(message, name, isAdded, rest);
        message.SetUser(Utf8Text.Before(rest, (byte)' '));
        return true;
    }

    private static void SetMember(in AuthMessage message, ReadOnlySpan<byte> name, bool isAdded,
        ReadOnlySpan<byte> rest)
    {
        message.Set(Iam, isAdded ? "group_member_added" : "group_member_removed", Outcome.Success);
        message.SetTargetUser(name);
        if (Utf8Text.TrySplitLast(rest, "group "u8, out _, out ReadOnlySpan<byte> group))
        {
            message.SetReason(Utf8Text.Unquote(group));
        }
    }

    // "delete user 'NAME'", "removed [shadow ]group 'GROUP' owned by 'NAME'", "group 'GROUP' removed[ from FILE]",
    // "remove group 'GROUP'"
    private static bool TryRemove(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (Utf8Text.TryTake(ref text, "delete user "u8) || Utf8Text.TryTake(ref text, "deleting user "u8))
        {
            message.Set(Iam, "user_deleted", Outcome.Success);
            message.SetTargetUser(text);
            return true;
        }

        if (!text.StartsWith("removed group "u8) && !text.StartsWith("removed shadow group "u8)
            && !text.StartsWith("remove group "u8)
            && !(text.StartsWith("group '"u8) && text.IndexOf("' removed"u8) > 0))
        {
            return false;
        }

        message.Set(Iam, "group_deleted", Outcome.Success);
        return true;
    }

    // "change user 'NAME' password|shell|home|...", "lock user 'NAME' password", "password for NAME changed by WHO",
    // chage: "changed password expiry for NAME", chfn: "changed user 'NAME' information", groupmod: "group changed in
    // FILE (...)"
    private static bool TryChange(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        string action = "user_modified";
        if (Utf8Text.TryTake(ref text, "password for "u8)
            && Utf8Text.TrySplit(text, " changed by "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> who))
        {
            message.Set(Iam, "password_changed", Outcome.Success);
            message.SetTargetUser(name);
            message.SetUser(who);
            return true;
        }

        if (Utf8Text.TryTake(ref text, "changed password expiry for "u8))
        {
            message.Set(Iam, action, Outcome.Success);
            message.SetTargetUser(text);
            return true;
        }

        bool isLock = Utf8Text.TryTake(ref text, "lock user "u8);
        bool isUnlock = !isLock && Utf8Text.TryTake(ref text, "unlock user "u8);
        if (isLock || isUnlock || Utf8Text.TryTake(ref text, "change user "u8)
            || Utf8Text.TryTake(ref text, "changed user "u8))
        {
            bool isQuoted = text.StartsWith("'"u8) && Utf8Text.TrySplit(text[1..], "' "u8, out name, out who);
            name = isQuoted ? Utf8Text.Between(text, "'"u8, (byte)'\'') : Utf8Text.Before(text, (byte)' ');
            bool isPassword = text.EndsWith(" password"u8);
            action = isLock ? "user_locked" : isUnlock ? "user_unlocked" : isPassword ? "password_changed" : action;
            message.Set(Iam, action, Outcome.Success);
            message.SetTargetUser(name);
            return true;
        }

        bool isGroup = text.StartsWith("group changed in "u8) || text.StartsWith("change group "u8)
            || text.StartsWith("members of group "u8);
        if (isGroup)
        {
            message.Set(Iam, "group_modified", Outcome.Success);
        }

        return isGroup;
    }

    // "failed adding user 'NAME', exit code: 9", "failed to change ..."
    private static bool TryFail(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (!Utf8Text.TryTake(ref text, "failed adding user "u8))
        {
            return false;
        }

        message.Set(Iam, "user_added", Outcome.Failure);
        bool hasReason = Utf8Text.TrySplitLast(text, ", "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> reason);
        message.SetTargetUser(hasReason ? name : text);
        message.SetReason(reason);
        return true;
    }
}
