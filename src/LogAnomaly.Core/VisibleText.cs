using System.Buffers;
using System.Globalization;
using System.Text;

namespace LogAnomaly;

/// <summary>
/// Makes text safe for a terminal, on one line. Log lines are written by attackers: a control character in one could
/// move the cursor, rename the window or hide a line, and a mark of writing direction could show a name backwards. Such
/// characters become visible.
/// </summary>
public static class VisibleText
{
    private static readonly SearchValues<char> s_unsafe = SearchValues.Create(UnsafeCharacters());
    private static readonly SearchValues<char> s_unsafeExceptTab = SearchValues.Create(
        UnsafeCharacters().Replace("\t", "", StringComparison.Ordinal));

    /// <summary>
    /// Characters that change what others look like or where they stand, without being control characters.
    /// </summary>
    public const string Directional =
        "\u061C\u200B\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF";

    /// <summary>Makes all control characters visible, as <c>\t</c>, <c>\x1b</c> or <c>\u202e</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where there is nothing to escape.</returns>
    public static string Escape(string text) => Escape(text, s_unsafe);

    /// <summary>Makes control characters visible but leaves tabs.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text itself where there is nothing to escape.</returns>
    public static string EscapeExceptTab(string text) => Escape(text, s_unsafeExceptTab);

    /// <summary>The start of a text, escaped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters that are kept.</param>
    /// <returns>The text, with <c>…</c> in place of the rest.</returns>
    public static string Start(string text, int most)
    {
        if (text.Length <= most)
        {
            return Escape(text);
        }

        int length = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return Escape(text[..length]) + "…";
    }

    private static string Escape(string text, SearchValues<char> unsafeCharacters)
    {
        int first = text.AsSpan().IndexOfAny(unsafeCharacters);
        if (first < 0)
        {
            return text;
        }

        StringBuilder escaped = new(text.Length + 16);
        ReadOnlySpan<char> rest = text;
        while (first >= 0)
        {
            escaped.Append(rest[..first]);
            Append(escaped, rest[first]);
            rest = rest[(first + 1)..];
            first = rest.IndexOfAny(unsafeCharacters);
        }

        return escaped.Append(rest).ToString();
    }

    private static void Append(StringBuilder escaped, char character)
    {
        string form = character switch
        {
            '\t' => "\\t",
            '\n' => "\\n",
            '\r' => "\\r",
            < '\u0100' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        };
        escaped.Append(form);
    }

    private static string UnsafeCharacters()
    {
        StringBuilder characters = new();
        for (char character = '\0'; character < '\u00A0'; character++)
        {
            if (char.IsControl(character))
            {
                characters.Append(character);
            }
        }

        return characters.Append(Directional).ToString();
    }
}
