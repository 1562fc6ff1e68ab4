using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>The words that logs have for how something ended.</summary>
internal static class OutcomeWords
{
    private static readonly string[] s_success =
    [
        "success", "successful", "succeeded", "ok", "okay", "passed", "pass", "granted", "allowed", "accepted", "true",
        "yes", "audit success", "audit_success",
    ];

    private static readonly string[] s_failure =
    [
        "failure", "failed", "fail", "error", "denied", "refused", "rejected", "invalid", "blocked", "false", "no",
        "audit failure", "audit_failure", "unauthorized", "forbidden",
    ];

    // What a status can be that is certainly none of a thing in the making, such as "error" or "no".
    private static readonly string[] s_plainSuccess = ["success", "successful", "succeeded"];
    private static readonly string[] s_plainFailure = ["failure", "failed", "denied"];

    /// <summary>The outcome that a value names.</summary>
    /// <param name="type">What the value is by its syntax.</param>
    /// <param name="text">The value.</param>
    /// <param name="form">Whether only plain words count.</param>
    /// <returns>The outcome, boxed, or null where the value names none.</returns>
    public static object? Parse(RecordValueType type, ReadOnlySpan<byte> text, PropertyForm form)
    {
        bool isPlain = form == PropertyForm.PlainOutcome;
        if (type is RecordValueType.True or RecordValueType.False)
        {
            return isPlain ? null : type == RecordValueType.True ? Outcome.Success : Outcome.Failure;
        }

        return IsAmong(text, isPlain ? s_plainSuccess : s_success) ? Outcome.Success
            : IsAmong(text, isPlain ? s_plainFailure : s_failure) ? Outcome.Failure
            : null;
    }

    private static bool IsAmong(ReadOnlySpan<byte> text, string[] words)
    {
        foreach (string word in words)
        {
            if (Ascii.EqualsIgnoreCase(text, word))
            {
                return true;
            }
        }

        return false;
    }
}
