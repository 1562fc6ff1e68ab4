namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of login:
/// <code>
/// "FAILED LOGIN" [n] ["SESSION"] [("FROM" / "on") place] "FOR" user ["," reason] / "TOO MANY LOGIN TRIES" the same
/// ["ROOT "] ["DIALUP "] "LOGIN" "ON" tty ["BY" user] ["FROM" host]
/// </code>
/// A terminal and a user may stand in quotes.
/// </summary>
internal static class LoginMessages
{
    private const string Login = "login";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("FAILED LOGIN"u8) || text.StartsWith("TOO MANY LOGIN TRIES"u8)
            || text.StartsWith("REPEATED LOGIN FAILURES"u8))
        {
            Refuse(message, text);
            return;
        }

        bool isRoot = Utf8Text.TryTake(ref text, "ROOT "u8);
        _ = Utf8Text.TryTake(ref text, "DIALUP "u8);
        if (!Utf8Text.TryTake(ref text, "LOGIN "u8))
        {
            PamMessages.ClassifyText(message);
            return;
        }

        message.Set("authentication", Login, Outcome.Success);
        text = text.TrimStart((byte)' ');
        bool hasHost = TrySplitWord(text, " FROM "u8, " from "u8, out ReadOnlySpan<byte> before,
            out ReadOnlySpan<byte> host);
        bool hasUser = TrySplitWord(hasHost ? before : text, " BY "u8, " by "u8, out ReadOnlySpan<byte> place,
            out ReadOnlySpan<byte> user);
        place = hasUser ? place : hasHost ? before : text;
        if (Utf8Text.TryTake(ref place, "ON "u8) || Utf8Text.TryTake(ref place, "on "u8))
        {
            message.Target.Tty = message.Get(Utf8Text.Unquote(place));
        }

        message.SetUser(hasUser ? user : isRoot ? "root"u8 : default);
        message.SetSource(host);
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

        message.SetUser(user);
        if (TrySplitWord(place, " FROM "u8, " from "u8, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> host))
        {
            message.SetSource(host);
            place = before;
        }

        if (TrySplitWord(place, " ON "u8, " on "u8, out _, out ReadOnlySpan<byte> tty))
        {
            message.Target.Tty = message.Get(Utf8Text.Unquote(tty));
        }
    }

    private static bool TrySplitWord(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower,
            out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> after) =>
        Utf8Text.TrySplit(text, upper, out before, out after) || Utf8Text.TrySplit(text, lower, out before, out after);
}
