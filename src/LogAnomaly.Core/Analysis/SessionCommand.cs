using System.Globalization;
using System.Text;

namespace LogAnomaly.Analysis;

/// <summary>
/// Writes the command that shows the lines of a session. Paths and names may come from attackers, so each is one quoted
/// word, whatever it holds.
/// </summary>
internal static class SessionCommand
{
    private const int WebKinds = (1 << (int)LogKind.Access) | (1 << (int)LogKind.ApacheError)
        | (1 << (int)LogKind.NginxError);
    private const int AuthKinds = 1 << (int)LogKind.Authentication;
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>The command for a story.</summary>
    /// <param name="story">The story.</param>
    /// <param name="by">What its entity is.</param>
    /// <returns>The command; two, where some lines do not name the source.</returns>
    public static string Of(SessionStory story, SessionGrouping by)
    {
        string files = string.Join(',', story.Paths.Where(path => !path.StartsWith('(')).Select(Quote));
        string entity = Quote(story.Entity);
        if (files.Length == 0)
        {
            string property = by switch { SessionGrouping.Source =>
                "SourceIP", SessionGrouping.User => "UserName", _ => "HostName" };
            return $"Where-Object {property} -EQ {entity}";
        }

        string read = $"{CommandOf(story.Kinds)} -LiteralPath {files}";
        string filter = by switch
        {
            SessionGrouping.Source => System.Net.IPAddress.TryParse(story.Entity, out _)
                ? $"-SourceIP {entity}"
                : $"-Match {entity}",
            SessionGrouping.User => $"-UserName {entity}",
            _ => $"-HostName {entity}",
        };
        string first = $"{read} {filter}{TimeOf(story.Start, story.End)}";
        if (by == SessionGrouping.Host || story.LinkedUsers.Count == 0)
        {
            return first;
        }

        string users = string.Join(',', story.LinkedUsers.Select(Quote));
        return $"{first}; {read} -UserName {users}{HostsOf(story)}{TimeOf(story.LinkedStart, story.End)}";
    }

    /// <summary>
    /// A text as one word of PowerShell. Its four single quotes are doubled; where a character could harm a terminal
    /// that the command is pasted into, it is written by its number.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The word.</returns>
    public static string Quote(string text)
    {
        StringBuilder word = new("'", text.Length + 2);
        bool isJoined = false;
        foreach (char character in text)
        {
            if (char.IsControl(character) || VisibleText.Directional.Contains(character, StringComparison.Ordinal))
            {
                word.Append(CultureInfo.InvariantCulture, $"'+[char]{(int)character}+'");
                isJoined = true;
                continue;
            }

            word.Append(character);
            if (character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                word.Append(character);
            }
        }

        word.Append('\'');
        return isJoined ? $"({word})" : word.ToString();
    }

    private static string CommandOf(int kinds) => (kinds & ~AuthKinds) == 0 ? "Get-AuthLog"
        : (kinds & ~WebKinds) == 0 ? "Get-ApacheLog"
        : "Get-LogEvent";

    private static string HostsOf(SessionStory story) =>
        story.Hosts.Count == 0 ? "" : " -HostName " + string.Join(',', story.Hosts.Select(Quote));

    // Times end before the next second: -Before leaves out its own time.
    private static string TimeOf(DateTimeOffset? start, DateTimeOffset? end) => start is null || end is null
        ? ""
        : FormattableString.Invariant(
            $" -After '{start:yyyy-MM-ddTHH:mm:sszzz}' -Before '{end + s_second:yyyy-MM-ddTHH:mm:sszzz}'");
}
