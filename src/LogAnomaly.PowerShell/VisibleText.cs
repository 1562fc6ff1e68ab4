using System.Buffers;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Makes text safe for a terminal. Log lines are written by strangers: an escape sequence in one could hide lines,
/// recolour the screen or rename the window. The views of the module show every text through this type.
/// </summary>
public static class VisibleText
{
    // C0, DEL and C1 controls; the marks that reorder text (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to
    // U+2069); the line and paragraph separators; and the byte order mark.
    private static readonly SearchValues<char> s_suspects = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code))
        + "\u061C\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF");

    /// <summary>
    /// The text with every control character and every mark that reorders text written out, such as <c>\x1B</c> or
    /// <c>\u202E</c>.
    /// </summary>
    /// <param name="value">The text, or any object, whose text is taken; null gives an empty text.</param>
    /// <returns>The text on one line, safe for a terminal.</returns>
    public static string Of(object? value)
    {
        string text = value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        int first = text.AsSpan().IndexOfAny(s_suspects);
        return first < 0 ? text : Escape(text, first);
    }

    /// <summary>The time with its own offset, to the second, as <c>2026-01-05 13:37:00</c>.</summary>
    /// <param name="time">A <see cref="DateTimeOffset"/>, or what Import-Clixml makes of one; anything else gives an
    /// empty text.</param>
    /// <returns>The text.</returns>
    public static string OfTime(object? time)
    {
        DateTime? clock = time switch
        {
            DateTimeOffset stamp => stamp.DateTime,
            PSObject imported => imported.Properties["DateTime"]?.Value as DateTime?,
            _ => null,
        };
        return clock?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>The texts of some objects, each on a line of its own.</summary>
    /// <param name="values">The objects; null gives an empty text.</param>
    /// <returns>The lines, each safe for a terminal.</returns>
    public static string OfLines(IEnumerable<object>? values) =>
        values is null ? "" : string.Join(Environment.NewLine, values.Select(Of));

    private static string Escape(string text, int first)
    {
        StringBuilder safe = new(text, 0, first, text.Length + 16);
        foreach (char character in text.AsSpan(first))
        {
            if (!s_suspects.Contains(character))
            {
                safe.Append(character);
                continue;
            }

            safe.Append(character switch
            {
                '\t' => "\\t",
                '\n' => "\\n",
                '\r' => "\\r",
                <= '\u00FF' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:X2}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
            });
        }

        return safe.ToString();
    }
}
