using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LogAnomaly.Reading;

/// <summary>The encodings of text that logs can be read in, by name.</summary>
public static class LogEncodings
{
    /// <summary>
    /// Names to propose; every other name or number of a code page that the framework knows works too.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(
        new[]
        {
            "utf-8", "utf-16", "utf-16be", "utf-32", "latin1", "iso-8859-15", "windows-1252", "windows-1251", "ibm850",
            "shift_jis", "gb18030",
        });

    /// <summary>Finds an encoding.</summary>
    /// <param name="name">Its name, such as <c>latin1</c> or <c>windows-1252</c>, or the number of its code
    /// page.</param>
    /// <param name="encoding">The encoding; what is no text in it becomes U+FFFD.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out Encoding? encoding)
    {
        ArgumentNullException.ThrowIfNull(name);
        EncodingProvider pages = CodePagesEncodingProvider.Instance;
        try
        {
            encoding = int.TryParse(
                name,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out int page)
                ? pages.GetEncoding(page) ?? Encoding.GetEncoding(page)
                : pages.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            encoding = null;
            return false;
        }
    }
}
