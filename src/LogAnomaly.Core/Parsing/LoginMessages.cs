namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of login, of util-linux, shadow and the BSDs:
/// <code>
/// "FAILED LOGIN" [n] ["SESSION"] [("FROM" / "on") place] "FOR" user ["," reason] / "TOO MANY LOGIN TRIES" the same
/// [n] "LOGIN FAILURE" [s] ("FROM" / "ON") place ["," user] / "LOGIN 'user' REFUSED" place / "ILLEGAL ROOT LOGIN" place
/// ["ROOT "] ["DIALUP "] "LOGIN" ["(" user ")"] "ON" tty ["BY" user] ["FROM" host] / "'user' logged in on 'tty'"
/// ["from" host]
/// </code>
/// A terminal and a user may stand in quotes; a place is a host or a terminal.
/// </summary>
internal static class LoginMessages
{
    private const string Login = ServiceMessages.Login;

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("FAILED LOGIN"u8) || text.StartsWith("TOO MANY LOGIN TRIES"u8))
        {
            Refuse(message, text);
            return;
        }

        if (TryShadow(message) || TryFailures(message))
        {
            return;
        }

        bool isRoot = Utf8Text.TryTake(ref text, "ROOT "u8);
        bool isDialup = Utf8Text.TryTake(ref text, "DIALUP "u8);
        if (isDialup && Utf8Text.TryTake(ref text, "AT "u8)
            && Utf8Text.TrySplit(text, " BY "u8, out ReadOnlySpan<byte> line, out ReadOnlySpan<byte> user))
        {
            message.Set("authentication", Login, Outcome.Success);
            message.SetTty(line);
            message.SetUser(user);
            return;
        }

        if (!Utf8Text.TryTake(ref text, "LOGIN "u8))
        {
            PamMessages.ClassifyText(message);
            return;
        }

        Grant(message, text.TrimStart((byte)' '), isRoot);
    }

    private static void Grant(in AuthMessage message, ReadOnlySpan<byte> text, bool isRoot)
    {
        message.Set("authentication", Login, Outcome.Success);
        ReadOnlySpan<byte> named = default;
        if (text.StartsWith("("u8) && Utf8Text.TrySplit(text, ") "u8, out named, out ReadOnlySpan<byte> behind))
        {
            named = named[1..];
            text = behind;
        }

        bool hasHost = TrySplitWord(text, " FROM "u8, " from "u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> host);
        bool hasUser = TrySplitWord(hasHost ? before : text, " BY "u8, " by "u8, out ReadOnlySpan<byte> place,
            out ReadOnlySpan<byte> user);
        place = hasUser ? place : hasHost ? before : text;
        if (Utf8Text.TryTake(ref place, "ON "u8) || Utf8Text.TryTake(ref place, "on "u8) || place.StartsWith("/dev/"u8))
        {
            message.SetTty(place);
        }

        message.SetUser(hasUser ? user : !named.IsEmpty ? named : isRoot ? "root"u8 : default);
        message.SetSource(Utf8Text.Unquote(host));
    }

    // The name is what was typed: the last comma ends it, and " FOR " before it comes from login.
    private static void Refuse(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        message.Set("authentication", Login, Outcome.Failure);
        if (!TrySplitWord(text, " FOR "u8, " for "u8, out ReadOnlySpan<byte> place, out ReadOnlySpan<byte> user))
        {
            return;
        }

        if (Utf8Text.TrySplitLast(user, ", "u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> reason))
        {
            message.SetReason(reason);
            user = name;
        }

        message.SetUser(user.SequenceEqual("(unknown)"u8) ? default : user);
        if (TrySplitWord(place, " FROM "u8, " from "u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> host))
        {
            SetPlace(message, host);
            place = before;
        }

        if (TrySplitWord(place, " ON "u8, " on "u8, out _, out ReadOnlySpan<byte> tty))
        {
            message.SetTty(tty);
        }
    }

    // shadow: "'NAME' logged in[ on 'TTY'][ from 'HOST']", "LOGIN 'NAME' REFUSED[ on ...]", "invalid password for
    // 'NAME' on ...", "ILLEGAL ROOT LOGIN on ...", "exceeded failure limit for 'NAME' on ...", "REPEATED login failures
    // on ..."
    private static bool TryShadow(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("'"u8) && Utf8Text.TrySplitLast(text, "' logged in"u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> place))
        {
            message.Set("authentication", Login, Outcome.Success);
            message.SetUser(name[1..]);
            SetPlaces(message, place);
            return true;
        }

        if (Utf8Text.TryTake(ref text, "LOGIN '"u8) && Utf8Text.TrySplitLast(text, "' REFUSED"u8, out name, out place))
        {
            Deny(message, name, place, "refused");
            return true;
        }

        text = message.Text;
        if (Utf8Text.TryTake(ref text, "ILLEGAL ROOT LOGIN"u8))
        {
            Deny(message, "root"u8, text, "illegal root login");
            return true;
        }

        return TryQuoted(message, text);
    }

    private static bool TryQuoted(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        string? reason = text switch
        {
            [(byte)'i', ..] when Utf8Text.TryTake(ref text, "invalid password for '"u8) => "invalid password",
            [(byte)'i', ..] when Utf8Text.TryTake(ref text, "invalid login time for '"u8) => "invalid login time",
            [(byte)'e', ..] when Utf8Text.TryTake(ref text,
                "exceeded failure limit for '"u8) => "exceeded failure limit",
            _ => null,
        };
        if (reason is null)
        {
            return false;
        }

        // " on 'TTY' from 'HOST'" has quotes too, and comes with one space or two.
        int end = text.LastIndexOf("'  on '"u8);
        end = end < 0 ? text.LastIndexOf("' on '"u8) : end;
        end = end < 0 ? text.LastIndexOf("' from '"u8) : end;
        end = end < 0 ? text.LastIndexOf((byte)'\'') : end;
        Deny(message, end < 0 ? text : text[..end], end < 0 ? default : text[(end + 1)..], reason);
        return true;
    }

    private static void Deny(in AuthMessage message, ReadOnlySpan<byte> name, ReadOnlySpan<byte> place, string reason)
    {
        message.Set("authentication", Login, Outcome.Failure);
        message.Target.Reason = reason;
        message.SetUser(name);
        SetPlaces(message, place);
    }

    // "REPEATED LOGIN FAILURES ON tty[ FROM HOST], NAME", "3 LOGIN FAILURES FROM HOST, NAME", "LOGIN FAILURE ON tty,
    // NAME"
    private static bool TryFailures(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        _ = Utf8Text.TryTake(ref text, "REPEATED "u8);
        text = text.TrimStart("0123456789 "u8);
        if (!Utf8Text.TryTake(ref text, "LOGIN FAILURE"u8) && !Utf8Text.TryTake(ref text, "login failure"u8))
        {
            return false;
        }

        message.Set("authentication", Login, Outcome.Failure);
        _ = Utf8Text.TryTake(ref text, "S"u8) || Utf8Text.TryTake(ref text, "s"u8);
        if (Utf8Text.TrySplit(text, ", "u8, out ReadOnlySpan<byte> place, out ReadOnlySpan<byte> name))
        {
            message.SetUser(name);
            text = place;
        }

        SetPlaces(message, text);
        return true;
    }

    // "[ on 'TTY'][ from 'HOST']" in either case
    private static void SetPlaces(in AuthMessage message, ReadOnlySpan<byte> text)
    {
        if (TrySplitWord(text, " FROM "u8, " from "u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> host))
        {
            SetPlace(message, host);
            text = before;
        }

        if (TrySplitWord(text, " ON "u8, " on "u8, out _, out ReadOnlySpan<byte> tty))
        {
            message.SetTty(tty);
        }
    }

    // util-linux writes the terminal where there is no host.
    private static void SetPlace(in AuthMessage message, ReadOnlySpan<byte> place)
    {
        place = Utf8Text.Unquote(Utf8Text.Trim(place));
        if (place.StartsWith("tty"u8) || place.StartsWith("pts/"u8) || place.StartsWith("/dev/"u8))
        {
            message.SetTty(place);
        }
        else
        {
            message.SetSource(place);
        }
    }

    private static bool TrySplitWord(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower,
            out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> after) =>
        Utf8Text.TrySplit(text, upper, out before, out after) || Utf8Text.TrySplit(text, lower, out before, out after);
}
