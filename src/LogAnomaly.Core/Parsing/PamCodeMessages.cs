namespace LogAnomaly.Parsing;

/// <summary>
/// Classifies the messages of PAM modules that ask for a second proof: pam_google_authenticator and pam_duo.
/// </summary>
internal static class PamCodeMessages
{
    private const string Authenticate = "pam_authentication";

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, without the mark of its module; not empty.</param>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryClassify(in AuthMessage message) => TryDuo(message) || TryCode(message);

    // "(Successful / Failed / Skipped) Duo login for 'NAME'[ from HOST]"
    private static bool TryDuo(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int mark = text.IndexOf(" Duo login for "u8);
        if (mark < 0)
        {
            return false;
        }

        message.Set("authentication", Authenticate, text[0] == 'F' ? Outcome.Failure : Outcome.Success);
        message.Target.Method = "duo";
        text = text[(mark + " Duo login for "u8.Length)..];
        bool hasHost = Utf8Text.TrySplitLast(text, " from "u8, out ReadOnlySpan<byte> name,
            out ReadOnlySpan<byte> host);
        message.SetUser(hasHost ? name : text);
        message.SetSource(host);
        return true;
    }

    // "Accepted google_authenticator for NAME", "Invalid verification code[ for NAME]", "Did not receive verification
    // code from user", "Failed to read "FILE" for "NAME"", "Trying to reuse a previously used time-based code."
    private static bool TryCode(in AuthMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        bool isGranted = Utf8Text.TryTake(ref text, "Accepted google_authenticator for "u8);
        bool isWrong = !isGranted && Utf8Text.TryTake(ref text, "Invalid verification code"u8);
        bool isOther = !isGranted && !isWrong && (text.StartsWith("Did not receive verification code"u8)
            || text.StartsWith("Trying to reuse a previously used time-based code"u8)
            || text.StartsWith("Too many concurrent login attempts"u8)
            || (text.StartsWith("Failed to read \""u8) && Utf8Text.Has(text, "google_authenticator"u8)));
        if (!isGranted && !isWrong && !isOther)
        {
            return false;
        }

        message.Set("authentication", Authenticate, isGranted ? Outcome.Success : Outcome.Failure);
        message.Target.Method = "google_authenticator";
        if (isOther)
        {
            message.SetReason(text);
            return true;
        }

        message.Target.Reason = isWrong ? "invalid verification code" : null;
        message.SetUser(isGranted || Utf8Text.TryTake(ref text, " for "u8) ? text : default);
        return true;
    }
}
