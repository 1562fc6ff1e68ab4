namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of the programs that change groups and their members. The group is the reason.
/// </summary>
internal static class GroupMessages
{
    private const string Iam = "iam";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message; not empty.</param>
    /// <returns>Whether it is about a group.</returns>
    public static bool TryClassify(in AuthMessage message) => message.Text[0] switch
    {
        (byte)'n' => TryCreate(message),
        (byte)'a' or (byte)'d' => TryMember(message) || TryAdministrator(message),
        (byte)'u' => TryGpasswd(message) || TrySwitch(message),
        (byte)'g' or (byte)'r' => TryRemove(message) || TryCreate(message) || TryChange(message),
        (byte)'c' or (byte)'m' or (byte)'p' => TryChange(message),
        (byte)'I' => TryPassword(message),
        _ => false,
    };

    // "new group: name=NAME, GID=1", "group added to FILE: name=NAME, GID=1", "new group added - group=NAME, gid=1,
    // by=0"
    private static bool TryCreate(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.StartsWith("new group: "u8) && !text.StartsWith("group added to "u8)
            && !text.StartsWith("new group added - "u8))
        {
            return false;
        }

        message.Set(Iam, "group_added", Outcome.Success);
        ReadOnlySpan<byte> name = Utf8Text.Between(text, "name="u8, (byte)',');
        message.SetReason(name.IsEmpty ? Utf8Text.Between(text, "group="u8, (byte)',') : name);
        return true;
    }

    // "add 'NAME' to [shadow ]group 'GROUP'", "delete 'NAME' from [shadow ]group 'GROUP'", "add group 'GROUP' to
    // 'FILE'"
    private static bool TryMember(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isAdded = Utf8Text.TryTake(ref text, "add '"u8);
        if (!isAdded && !Utf8Text.TryTake(ref text, "delete '"u8))
        {
            return false;
        }

        if (!Utf8Text.TrySplit(text, "' "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> rest)
            || !Utf8Text.Has(rest, "group "u8))
        {
            return false;
        }

        SetMember(message, name, isAdded, rest);
        return true;
    }

    // gpasswd: "user NAME added by WHO to group GROUP[: RESULT]", "user NAME removed by WHO from group GROUP"; su's BSD
    // cousin pw: "add member NAME added by ..."
    private static bool TryGpasswd(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "user "u8))
        {
            return false;
        }

        bool isAdded = Utf8Text.TrySplit(text, " added by "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> rest);
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

    // "administrators of group GROUP set by WHO to NAMES", "access to group GROUP restricted by WHO", "add group
    // 'GROUP' to ..."
    private static bool TryAdministrator(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "add group "u8) || Utf8Text.TryTake(ref text, "delete group "u8))
        {
            message.Set(Iam, message.Text[0] == 'a' ? "group_added" : "group_deleted", Outcome.Success);
            message.SetReason(Utf8Text.Between(text, "'"u8, (byte)'\''));
            return true;
        }

        bool isAccess = Utf8Text.TryTake(ref text, "access to group "u8);
        if (!isAccess && !Utf8Text.TryTake(ref text, "administrators of group "u8))
        {
            return false;
        }

        SetGroup(message, text, isAccess ? " restricted by "u8 : " set by "u8);
        return true;
    }

    // "removed [shadow ]group 'GROUP' owned by 'NAME'", "group 'GROUP' removed[ from FILE]", "remove group 'GROUP'",
    // "group deleted - group=NAME, gid=1, by=0"
    private static bool TryRemove(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isOld = Utf8Text.TryTake(ref text, "group deleted - group="u8);
        if (!isOld && !text.StartsWith("removed group "u8) && !text.StartsWith("removed shadow group "u8)
            && !text.StartsWith("remove group "u8)
            && !(text.StartsWith("group '"u8) && text.IndexOf("' removed"u8) > 0))
        {
            return false;
        }

        message.Set(Iam, "group_deleted", Outcome.Success);
        message.SetReason(isOld ? Utf8Text.Before(text, (byte)',') : Utf8Text.Between(text, "'"u8, (byte)'\''));
        return true;
    }

    // "group changed in FILE (group GROUP/1, new name: NEW)", "change group ...", "members of group GROUP set by WHO to
    // NAMES", "change [admin ]'OLD' to 'NEW' in [shadow ]group 'GROUP'", "password of group GROUP (changed / removed)
    // by WHO"
    private static bool TryChange(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (Utf8Text.TryTake(ref text, "members of group "u8))
        {
            SetGroup(message, text, " set by "u8);
            return true;
        }

        if (Utf8Text.TryTake(ref text, "password of group "u8))
        {
            SetGroup(message, text, Utf8Text.Has(text, " removed by "u8) ? " removed by "u8 : " changed by "u8);
            return true;
        }

        bool isName = (text.StartsWith("change '"u8) || text.StartsWith("change admin '"u8))
            && Utf8Text.Has(text, " group '"u8);
        if (!isName && !text.StartsWith("group changed in "u8) && !text.StartsWith("change group "u8))
        {
            return false;
        }

        message.Set(Iam, "group_modified", Outcome.Success);
        message.SetReason(isName && Utf8Text.TrySplitLast(text, " group '"u8, out _, out ReadOnlySpan<byte> group)
            ? group.TrimEnd((byte)'\'')
            : Utf8Text.Between(text, "(group "u8, (byte)'/'));
        return true;
    }

    // "GROUP WORDS WHO[ to NAMES]"
    private static void SetGroup(in AuthMessage message, ReadOnlySpan<byte> text, ReadOnlySpan<byte> words)
    {
        message.Set(Iam, "group_modified", Outcome.Success);
        if (Utf8Text.TrySplit(text, words, out ReadOnlySpan<byte> group, out ReadOnlySpan<byte> who))
        {
            message.SetReason(Utf8Text.Unquote(group));
            message.SetUser(Utf8Text.Before(who, (byte)' '));
        }
    }

    // newgrp: "user 'NAME' (login 'WHO' on TTY) switched to group 'GROUP'"
    private static bool TrySwitch(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "user "u8)
            || !Utf8Text.TrySplit(text, " (login "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> rest) || !Utf8Text.TrySplitLast(rest, " to group "u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> group))
        {
            return false;
        }

        message.Set("session", "group_switched", Outcome.Success);
        message.SetUser(name);
        message.SetTty(Utf8Text.Between(before, " on "u8, (byte)')'));
        message.SetReason(Utf8Text.Unquote(group));
        return true;
    }

    // newgrp: "Invalid password for group 'GROUP' from 'NAME'"
    private static bool TryPassword(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!Utf8Text.TryTake(ref text, "Invalid password for group "u8)
            || !Utf8Text.TrySplitLast(text, " from "u8, out _, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        message.Set("authentication", "group_switched", Outcome.Failure);
        message.SetUser(name);
        message.Target.Reason = "invalid password";
        return true;
    }
}
