namespace LogAnomaly.Templates;

/// <summary>Tells the names of hosts from other dotted words, such as classes and files, by their last label.</summary>
internal static class HostForm
{
    private const string TopLabels =
        " com net org edu gov mil int info biz arpa local lan internal localdomain home corp intranet example test ";

    // Endings of files that are also countries.
    private const string Files = " py sh so pl md cc rs db gz js ts ps in ai cs go la me to id is ";

    /// <summary>Whether a word is the name of a host with its domain.</summary>
    /// <param name="word">The word; values in it may be marks.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsHost(ReadOnlySpan<char> word)
    {
        int last = word.LastIndexOf('.');
        if (last <= 0 || word.Length - last < 3 || word.IndexOf("..") >= 0 || word[0] == '-')
        {
            return false;
        }

        foreach (char value in word)
        {
            bool isAllowed = char.IsAsciiLetterOrDigit(value) || value is '.' or '-' or '_' || Mark.IsMark(value);
            if (!isAllowed)
            {
                return false;
            }
        }

        ReadOnlySpan<char> top = word[(last + 1)..];
        if (top.IndexOfAnyExceptInRange('a', 'z') >= 0)
        {
            return false;
        }

        // Capitals stand in hosts of three labels at least: Server.local would be a class as well.
        if (word.IndexOfAnyInRange('A', 'Z') >= 0 && word[..last].IndexOf('.') < 0)
        {
            return false;
        }

        bool isCountry = top.Length == 2 && (word[..last].Contains('.') || !IsIn(Files, top));
        return isCountry || IsIn(TopLabels, top);
    }

    private static bool IsIn(string list, ReadOnlySpan<char> word)
    {
        int at = list.AsSpan().IndexOf(word);
        return at > 0 && list[at - 1] == ' ' && list[at + word.Length] == ' ';
    }
}
