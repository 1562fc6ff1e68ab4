namespace LogAnomaly.Rules;

/// <summary>
/// A keyword that is sought in the line of a request, which is put together of its fields:
/// <c>address - user [day/month/year:time zone] "method target HTTP/version" status bytes "referrer" "agent"</c>.
/// </summary>
internal static class AccessKeyword
{
    private const string Months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC HTTP";

    /// <summary>
    /// The longest part of a keyword that lies within one of the fields address, user, method, target, referrer and
    /// agent wherever the line has the keyword.
    /// </summary>
    /// <param name="keyword">The keyword, in ASCII.</param>
    /// <returns>The part; empty where there is none.</returns>
    public static string PartWithinField(string keyword)
    {
        string best = "";
        foreach (string part in keyword.Split(' ', '"', '[', ']'))
        {
            best = part.Length > best.Length && IsOfField(part) ? part : best;
        }

        return best;
    }

    // Time, version, status and bytes are not scanned: what may be a part of them is no sign.
    private static bool IsOfField(string part)
    {
        int start = 0;
        for (int i = 0; i <= part.Length; i++)
        {
            if (i < part.Length && char.IsAsciiLetter(part[i]))
            {
                continue;
            }

            if (i > start
                && !Months.Contains(part.AsSpan(start, i - start).ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (i < part.Length && !char.IsAsciiDigit(part[i]) && part[i] is not ('/' or ':' or '+' or '-' or '.'))
            {
                return true;
            }

            start = i + 1;
        }

        return false;
    }
}
